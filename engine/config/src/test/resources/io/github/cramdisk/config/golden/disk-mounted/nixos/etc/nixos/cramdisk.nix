# Written by Cramdisk.
{ ... }:
{
  services.cramdisk = {
    enable = true;
    disks.scratch = {
      size = "2G";
      codec = "lz4";
      blockSize = "4K";
      ramLimit = "512M";
      growTo = "1G";
      whenFull = "300s";
      mount = {
        target = "/mnt/my disk 100%";
        fsType = "ext4";
        label = "my disk 9%";
        uuid = "0d7d0b9e-58a5-4f0f-8c1a-5f4d4c1c1b13";
        owner = "1000";
        group = "1001";
        mode = "2750";
        options = [
          "noexec"
          "noatime"
          "commit=60"
        ];
        discard = false;
      };
    };
    disks.plain = {
      size = "1G";
      codec = "lz4";
      blockSize = "4K";
      mount = {
        target = "/srv/plain";
        fsType = "btrfs";
        options = [ "compress=zstd:3" ];
      };
    };
  };
}
