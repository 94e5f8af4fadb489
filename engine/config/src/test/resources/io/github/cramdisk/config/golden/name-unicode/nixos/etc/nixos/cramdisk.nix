# Written by Cramdisk.
{ ... }:
{
  fileSystems."/mnt/größe/日本/😀/‮gpj" = {
    device = "tmpfs";
    fsType = "tmpfs";
    options = [
      "nosuid"
      "nodev"
      "size=64M"
    ];
  };

  services.zram-generator = {
    enable = true;
    settings.zram0 = {
      zram-size = 1024;
      mount-point = "\"/srv/größe\"";
      fs-type = "ext4";
      options = "nosuid,nodev,discard";
    };
  };
}
