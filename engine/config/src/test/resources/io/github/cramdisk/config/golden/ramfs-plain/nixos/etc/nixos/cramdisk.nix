# Written by Cramdisk.
{ ... }:
{
  fileSystems."/mnt/ram" = {
    device = "ramfs";
    fsType = "ramfs";
    options = [
      "nosuid"
      "nodev"
    ];
  };
}
