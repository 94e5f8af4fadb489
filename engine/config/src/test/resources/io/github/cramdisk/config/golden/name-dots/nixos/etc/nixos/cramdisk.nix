# Written by Cramdisk.
{ ... }:
{
  fileSystems."/.hidden/a.b_c-d" = {
    device = "tmpfs";
    fsType = "tmpfs";
    options = [
      "nosuid"
      "nodev"
      "size=64M"
    ];
  };
}
