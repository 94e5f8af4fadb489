# Options for docker run or podman run, written by Cramdisk. Put the image in the place of IMAGE.
docker run \
    --tmpfs '/mnt/%n 100%:rw,exec,size=64M' \
    IMAGE
