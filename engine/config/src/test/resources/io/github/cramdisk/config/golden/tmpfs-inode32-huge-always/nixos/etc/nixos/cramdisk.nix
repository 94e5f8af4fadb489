# Written by Cramdisk.
{ ... }:
{
  fileSystems."/mnt/old" = {
    device = "tmpfs";
    fsType = "tmpfs";
    options = [
      "nosuid"
      "nodev"
      "size=64M"
      "huge=always"
      "inode32"
    ];
  };
}
