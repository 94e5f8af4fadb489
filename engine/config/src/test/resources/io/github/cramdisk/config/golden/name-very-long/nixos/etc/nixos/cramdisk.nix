# Written by Cramdisk.
{ ... }:
{
  fileSystems."/mnt/ordner-nummer-0-ü/ordner-nummer-1-ü/ordner-nummer-2-ü/ordner-nummer-3-ü/ordner-nummer-4-ü/ordner-nummer-5-ü/ordner-nummer-6-ü/ordner-nummer-7-ü/ordner-nummer-8-ü/ordner-nummer-9-ü/ordner-nummer-10-ü/ordner-nummer-11-ü/ordner-nummer-12-ü/ordner-nummer-13-ü" = {
    device = "tmpfs";
    fsType = "tmpfs";
    options = [
      "nosuid"
      "nodev"
      "size=64M"
    ];
  };
}
