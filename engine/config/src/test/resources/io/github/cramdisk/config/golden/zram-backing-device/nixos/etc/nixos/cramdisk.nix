# Written by Cramdisk.
{ ... }:
{
  services.zram-generator = {
    enable = true;
    settings.zram0 = {
      zram-size = 1024;
      writeback-device = "/dev/disk/by-id/a_b-c.d:1";
      swap-priority = 9;
      options = "defaults";
    };
  };
}
