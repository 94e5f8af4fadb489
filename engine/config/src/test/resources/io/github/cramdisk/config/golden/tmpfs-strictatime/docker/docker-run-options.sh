# Options for docker run or podman run, written by Cramdisk. Put the image in the place of IMAGE.
docker run \
    --tmpfs /var/tmp/x:rw,exec,strictatime,size=64M \
    IMAGE
