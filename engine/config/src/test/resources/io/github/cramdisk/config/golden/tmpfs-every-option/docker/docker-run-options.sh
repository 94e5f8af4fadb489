# Options for docker run or podman run, written by Cramdisk. Put the image in the place of IMAGE.
docker run \
    --tmpfs /mnt/all:ro,noexec,noatime,nodiratime,size=1536M,nr_inodes=100000,mode=1777,uid=1000,gid=100 \
    IMAGE
