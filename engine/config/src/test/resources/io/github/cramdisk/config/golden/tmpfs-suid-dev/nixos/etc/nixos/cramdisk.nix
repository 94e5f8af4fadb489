# Written by Cramdisk.
{ ... }:
{
  fileSystems."/mnt/open" = {
    device = "tmpfs";
    fsType = "tmpfs";
    options = [ "size=64M" ];
  };
}
