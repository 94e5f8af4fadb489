# Written by Cramdisk.
{ ... }:
{
  fileSystems."/mnt/a" = {
    device = "tmpfs";
    fsType = "tmpfs";
    options = [
      "nosuid"
      "nodev"
      "size=2M"
    ];
  };

  fileSystems."/mnt/a/b" = {
    device = "tmpfs";
    fsType = "tmpfs";
    options = [
      "nosuid"
      "nodev"
      "size=3M"
    ];
  };

  fileSystems."/mnt/a/b/c" = {
    device = "tmpfs";
    fsType = "tmpfs";
    options = [
      "nosuid"
      "nodev"
      "size=1M"
    ];
  };
}
