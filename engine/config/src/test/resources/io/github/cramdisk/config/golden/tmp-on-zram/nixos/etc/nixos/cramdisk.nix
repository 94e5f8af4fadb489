# Written by Cramdisk.
{ ... }:
{
  boot.tmp = {
    useZram = true;
    zramSettings = {
      zram-size = 4096;
      compression-algorithm = "zstd";
      fs-type = "ext4";
      options = "nosuid,nodev,discard";
    };
  };
}
