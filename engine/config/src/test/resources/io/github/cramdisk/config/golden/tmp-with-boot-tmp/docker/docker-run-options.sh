# Options for docker run or podman run, written by Cramdisk. Put the image in the place of IMAGE.
docker run \
    --tmpfs /tmp:rw,exec,strictatime,size=50%,mode=1777 \
    IMAGE
