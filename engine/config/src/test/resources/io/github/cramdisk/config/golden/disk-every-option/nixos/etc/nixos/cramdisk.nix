# Written by Cramdisk.
{ ... }:
{
  services.cramdisk = {
    enable = true;
    disks."a.b-c_d" = {
      size = "1536M";
      codec = "zstd:19";
      blockSize = "64K";
      ramLimit = "512M";
      squeeze = "zstd:12";
      readOnly = true;
    };
  };
}
