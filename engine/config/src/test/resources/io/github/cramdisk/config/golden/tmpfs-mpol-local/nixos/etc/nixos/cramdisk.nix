# Written by Cramdisk.
{ ... }:
{
  fileSystems."/mnt/numa" = {
    device = "tmpfs";
    fsType = "tmpfs";
    options = [
      "nosuid"
      "nodev"
      "size=64M"
      "mpol=local"
    ];
  };
}
