# Options for docker run or podman run, written by Cramdisk. Put the image in the place of IMAGE.
docker run \
    --mount 'type=tmpfs,"destination=/mnt/a:b,c=d",tmpfs-size=67108864,tmpfs-mode=700' \
    IMAGE
