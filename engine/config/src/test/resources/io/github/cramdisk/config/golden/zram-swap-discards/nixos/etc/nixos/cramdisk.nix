# Written by Cramdisk.
{ ... }:
{
  services.zram-generator = {
    enable = true;
    settings.zram0 = {
      zram-size = 1024;
      swap-priority = -1;
      options = "discard=once";
    };
    settings.zram2 = {
      zram-size = 1024;
      swap-priority = 0;
      options = "discard";
    };
  };
}
