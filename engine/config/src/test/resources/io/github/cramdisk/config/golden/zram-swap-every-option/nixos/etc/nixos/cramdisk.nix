# Written by Cramdisk.
{ ... }:
{
  services.zram-generator = {
    enable = true;
    settings.zram0 = {
      zram-size = 4096;
      zram-resident-limit = 1024;
      compression-algorithm = "zstd";
      swap-priority = 32767;
      options = "discard=pages";
    };
  };
}
