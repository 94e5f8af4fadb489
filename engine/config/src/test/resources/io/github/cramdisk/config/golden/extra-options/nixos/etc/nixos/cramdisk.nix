# Written by Cramdisk.
{ ... }:
{
  fileSystems."/mnt/x" = {
    device = "tmpfs";
    fsType = "tmpfs";
    options = [
      "nosuid"
      "nodev"
      "size=64M"
      "noauto"
      "x-systemd.automount"
      "x-systemd.idle-timeout=10min"
      "X-mount.mkdir=0755"
    ];
  };
}
