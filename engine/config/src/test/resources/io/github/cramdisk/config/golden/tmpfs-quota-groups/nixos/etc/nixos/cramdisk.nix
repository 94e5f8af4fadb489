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
      "grpquota"
    ];
  };
}
