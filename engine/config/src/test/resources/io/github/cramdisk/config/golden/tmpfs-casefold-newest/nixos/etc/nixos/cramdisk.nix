# Written by Cramdisk.
{ ... }:
{
  fileSystems."/mnt/c" = {
    device = "tmpfs";
    fsType = "tmpfs";
    options = [
      "nosuid"
      "nodev"
      "size=64M"
      "casefold"
    ];
  };
}
