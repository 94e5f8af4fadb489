# Written by Cramdisk.
{ ... }:
{
  services.zram-generator = {
    enable = true;
    settings.zram0 = {
      zram-size = 2048;
      zram-resident-limit = 512;
      compression-algorithm = "zstd";
      mount-point = "/mnt/z";
      fs-type = "ext4";
      options = "nosuid,nodev,noexec,noatime,lazytime,commit=60,data=writeback";
    };
  };
}
