#!/bin/sh
# Written by Cramdisk. As root:
#   sh cramdisk-volumes.sh         make the volumes; when one fails, those made before are taken away again
#   sh cramdisk-volumes.sh down    take them away; what is in them is lost
set -eu

# Which device and which directories were made; "down" needs to know.
state=${CRAMDISK_STATE:-/run/cramdisk-volumes}

# make_directory N DIRECTORY
make_directory() {
    if [ ! -d "$2" ]; then
        mkdir -p -- "$2"
        : >"$state/$1.directory"
    fi
}

# remove_directory N DIRECTORY
remove_directory() {
    if [ -e "$state/$1.directory" ]; then
        rmdir -- "$2" || :
        rm -f -- "$state/$1.directory"
    fi
}

# unmount N DIRECTORY
unmount() {
    if [ -e "$state/$1.mounted" ]; then
        umount -- "$2"
        rm -f -- "$state/$1.mounted"
    fi
}

# disk pages
up_1() {
    cramdisk disk create pages --if-missing --size 1G --codec lz4 --block-size 4K
    cramdisk disk attach pages --swap --priority 5 --discard pages --label 'sw 1'
}
down_1() {
    ! cramdisk disk show pages >/dev/null 2>&1 || cramdisk disk detach pages
    ! cramdisk disk show pages >/dev/null 2>&1 || cramdisk disk remove pages --force
}

down() {
    i=1
    while [ "$i" -ge 1 ]; do
        "down_$i"
        i=$((i - 1))
    done
    rmdir -- "$state" 2>/dev/null || :
}

finish() {
    trap - EXIT
    if [ "$1" -ne 0 ]; then
        echo "Failed; taking away what was made." >&2
        down
    fi
    exit "$1"
}

case ${1:-up} in
up)
    if [ -e "$state" ]; then
        echo "They are there already. Take them down first: sh $0 down" >&2
        exit 1
    fi
    mkdir -- "$state"
    trap 'finish "$?"' EXIT
    i=1
    while [ "$i" -le 1 ]; do
        "up_$i"
        i=$((i + 1))
    done
    ;;
down) down ;;
*)
    echo "usage: sh $0 [up|down]" >&2
    exit 2
    ;;
esac
