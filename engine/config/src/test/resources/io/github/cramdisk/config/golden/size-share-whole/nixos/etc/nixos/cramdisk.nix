# Written by Cramdisk.
{ ... }:
{
  fileSystems."/mnt/s" = {
    device = "tmpfs";
    fsType = "tmpfs";
    options = [
      "nosuid"
      "nodev"
      "size=25%"
    ];
  };
}
