# Written by Cramdisk.
{ ... }:
{
  services.zram-generator = {
    enable = true;
    settings.zram0 = {
      zram-size = 2048;
      compression-algorithm = "zstd";
      swap-priority = 5;
      options = "defaults";
    };
    settings.zram2 = {
      zram-size = 1024;
      mount-point = "/mnt/one";
      fs-type = "ext4";
      options = "nosuid,nodev,discard";
    };
    settings.zram3 = {
      zram-size = 1024;
      mount-point = "/mnt/two/deeper";
      fs-type = "xfs";
      options = "nosuid,nodev,discard";
    };
  };
}
