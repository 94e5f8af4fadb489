# Written by Cramdisk.
{ ... }:
{
  fileSystems."/mnt/ram" = {
    device = "ramfs";
    fsType = "ramfs";
    options = [
      "noexec"
      "mode=700"
    ];
  };
}
