# Options for docker run or podman run, written by Cramdisk. Put the image in the place of IMAGE.
docker run \
    --tmpfs /.hidden/a.b_c-d:rw,exec,size=64M \
    IMAGE
