# Written by Cramdisk.
{ ... }:
{
  fileSystems."/mnt/a:b,c=d" = {
    device = "tmpfs";
    fsType = "tmpfs";
    options = [
      "nosuid"
      "nodev"
      "size=64M"
      "mode=700"
    ];
  };
}
