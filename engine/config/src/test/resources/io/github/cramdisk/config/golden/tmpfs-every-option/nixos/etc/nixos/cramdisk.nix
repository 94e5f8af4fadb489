# Written by Cramdisk.
{ ... }:
{
  fileSystems."/mnt/all" = {
    device = "tmpfs";
    fsType = "tmpfs";
    options = [
      "ro"
      "nosuid"
      "nodev"
      "noexec"
      "noatime"
      "nodiratime"
      "nosymfollow"
      "lazytime"
      "size=1536M"
      "nr_inodes=100000"
      "mode=1777"
      "uid=1000"
      "gid=100"
      "huge=within_size"
      "mpol=interleave:0-3"
      "noswap"
      "inode64"
      "usrquota"
      "grpquota"
      "usrquota_block_hardlimit=512M"
      "usrquota_inode_hardlimit=1000"
      "grpquota_block_hardlimit=1G"
      "grpquota_inode_hardlimit=2000"
      "casefold=utf8-12.1.0"
      "strict_encoding"
    ];
  };
}
