# Options for docker run or podman run, written by Cramdisk. Put the image in the place of IMAGE.
docker run \
    --tmpfs /mnt/a:rw,exec,size=2M \
    --tmpfs /mnt/a/b:rw,exec,size=3M \
    --tmpfs /mnt/a/b/c:rw,exec,size=1M \
    IMAGE
