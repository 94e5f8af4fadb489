# Written by Cramdisk.
{ ... }:
{
  services.cramdisk = {
    enable = true;
    disks.scratch = {
      size = "2G";
      codec = "lz4";
      blockSize = "4K";
    };
  };
}
