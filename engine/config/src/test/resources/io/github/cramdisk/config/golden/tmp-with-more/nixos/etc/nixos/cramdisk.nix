# Written by Cramdisk.
{ ... }:
{
  fileSystems."/tmp" = {
    device = "tmpfs";
    fsType = "tmpfs";
    options = [
      "nosuid"
      "nodev"
      "size=2G"
      "mode=1777"
      "noswap"
    ];
  };
}
