# Written by Cramdisk.
{ ... }:
{
  services.cramdisk = {
    enable = true;
    disks.pages = {
      size = "1G";
      codec = "lz4";
      blockSize = "4K";
      swap = {
        priority = 5;
      };
    };
  };
}
