# Options for docker run or podman run, written by Cramdisk. Put the image in the place of IMAGE.
docker run \
    --tmpfs '/mnt/größe/日本/😀/‮gpj:rw,exec,size=64M' \
    IMAGE
