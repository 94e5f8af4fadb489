# Written by Cramdisk.
{ ... }:
{
  services.zram-generator = {
    enable = true;
    settings.zram0 = {
      zram-size = "1.00390625";
      swap-priority = 1;
      options = "defaults";
    };
  };
}
