# Written by Cramdisk.
{ ... }:
{
  fileSystems."/mnt/scratch" = {
    device = "tmpfs";
    fsType = "tmpfs";
    options = [
      "nosuid"
      "nodev"
    ];
  };
}
