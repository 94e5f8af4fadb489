# Written by Cramdisk.
{ ... }:
{
  fileSystems."/mnt/t" = {
    device = "tmpfs";
    fsType = "tmpfs";
    options = [
      "nosuid"
      "nodev"
      "size=1G"
    ];
  };

  fileSystems."/mnt/r" = {
    device = "ramfs";
    fsType = "ramfs";
    options = [
      "nosuid"
      "nodev"
    ];
  };

  services.zram-generator = {
    enable = true;
    settings.zram0 = {
      zram-size = 1024;
      swap-priority = 10;
      options = "defaults";
    };
    settings.zram2 = {
      zram-size = 1024;
      mount-point = "/mnt/z";
      fs-type = "ext4";
      options = "nosuid,nodev,discard";
    };
  };

  services.cramdisk = {
    enable = true;
    disks.scratch = {
      size = "1G";
      codec = "lz4";
      blockSize = "4K";
    };
  };
}
