# Options for docker run or podman run, written by Cramdisk. Put the image in the place of IMAGE.
docker run \
    --tmpfs '/mnt/ordner-nummer-0-ü/ordner-nummer-1-ü/ordner-nummer-2-ü/ordner-nummer-3-ü/ordner-nummer-4-ü/ordner-nummer-5-ü/ordner-nummer-6-ü/ordner-nummer-7-ü/ordner-nummer-8-ü/ordner-nummer-9-ü/ordner-nummer-10-ü/ordner-nummer-11-ü/ordner-nummer-12-ü/ordner-nummer-13-ü:rw,exec,size=64M' \
    IMAGE
