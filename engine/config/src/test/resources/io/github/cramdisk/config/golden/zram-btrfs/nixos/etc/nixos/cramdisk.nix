# Written by Cramdisk.
{ ... }:
{
  services.zram-generator = {
    enable = true;
    settings.zram0 = {
      zram-size = 1024;
      compression-algorithm = "lzo-rle";
      mount-point = "/mnt/b";
      fs-type = "btrfs";
      options = "nosuid,nodev,compress=zstd:1,discard=sync";
    };
  };
}
