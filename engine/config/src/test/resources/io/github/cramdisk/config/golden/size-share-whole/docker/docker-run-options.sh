# Options for docker run or podman run, written by Cramdisk. Put the image in the place of IMAGE.
docker run \
    --tmpfs /mnt/s:rw,exec,size=25% \
    IMAGE
