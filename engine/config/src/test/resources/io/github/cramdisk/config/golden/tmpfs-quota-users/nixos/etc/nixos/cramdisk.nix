# Written by Cramdisk.
{ ... }:
{
  fileSystems."/mnt/q" = {
    device = "tmpfs";
    fsType = "tmpfs";
    options = [
      "nosuid"
      "nodev"
      "size=64M"
      "usrquota"
      "usrquota_block_hardlimit=4K"
      "usrquota_inode_hardlimit=1"
    ];
  };
}
