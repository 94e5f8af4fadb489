# Written by Cramdisk.
{ ... }:
{
  services.zram-generator = {
    enable = true;
    settings.zram0 = {
      zram-size = 2048;
      compression-algorithm = "lz4";
      mount-point = "/mnt/z";
      fs-type = "ext4";
      options = "nosuid,nodev,discard";
    };
  };
}
