# Options for docker run or podman run, written by Cramdisk. Put the image in the place of IMAGE.
docker run \
    --tmpfs /mnt/many:rw,exec,size=64M,nr_inodes=0 \
    IMAGE
