# Options for docker run or podman run, written by Cramdisk. Put the image in the place of IMAGE.
docker run \
    --tmpfs '/mnt/bell[31m:rw,exec,size=64M' \
    IMAGE
