# Written by Cramdisk.
{ ... }:
{
  services.zram-generator = {
    enable = true;
    settings.zram0 = {
      zram-size = 4096;
      compression-algorithm = "zstd";
      swap-priority = 100;
      options = "defaults";
    };
  };
}
