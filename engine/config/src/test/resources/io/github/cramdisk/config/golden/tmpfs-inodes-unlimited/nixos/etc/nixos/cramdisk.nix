# Written by Cramdisk.
{ ... }:
{
  fileSystems."/mnt/many" = {
    device = "tmpfs";
    fsType = "tmpfs";
    options = [
      "nosuid"
      "nodev"
      "size=64M"
      "nr_inodes=0"
    ];
  };
}
