# Written by Cramdisk.
{ ... }:
{
  fileSystems."/mnt/%n 100%" = {
    device = "tmpfs";
    fsType = "tmpfs";
    options = [
      "nosuid"
      "nodev"
      "size=64M"
    ];
  };
}
