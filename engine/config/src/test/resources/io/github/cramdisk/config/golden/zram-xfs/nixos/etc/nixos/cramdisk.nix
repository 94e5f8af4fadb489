# Written by Cramdisk.
{ ... }:
{
  services.zram-generator = {
    enable = true;
    settings.zram0 = {
      zram-size = 1024;
      mount-point = "/mnt/x";
      fs-type = "xfs";
      options = "nosuid,nodev,inode64,logbsize=256k,discard";
    };
  };
}
