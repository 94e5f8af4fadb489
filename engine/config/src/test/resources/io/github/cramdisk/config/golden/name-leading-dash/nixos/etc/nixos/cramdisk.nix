# Written by Cramdisk.
{ ... }:
{
  fileSystems."/-rf/--help" = {
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
      mount-point = "/-o";
      fs-type = "ext4";
      options = "nosuid,nodev,discard";
    };
  };
}
