# Written by Cramdisk.
{ ... }:
{
  fileSystems."/var/tmp/x" = {
    device = "tmpfs";
    fsType = "tmpfs";
    options = [
      "nosuid"
      "nodev"
      "strictatime"
      "size=64M"
    ];
  };
}
