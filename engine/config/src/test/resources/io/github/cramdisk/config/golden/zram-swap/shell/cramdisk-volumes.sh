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

# new_zram N: sets device
new_zram() {
    [ -e /sys/class/zram-control/hot_add ] || modprobe zram num_devices=0
    number=$(cat /sys/class/zram-control/hot_add)
    echo "$number" >"$state/$1.zram"
    device=/dev/zram$number
}

# set_zram ATTRIBUTE VALUE
set_zram() {
    printf '%s' "$2" >"/sys/block/zram$number/$1"
}

# remove_zram N
remove_zram() {
    if [ -e "$state/$1.zram" ]; then
        number=$(cat "$state/$1.zram")
        echo 1 >"/sys/block/zram$number/reset"
        echo "$number" >/sys/class/zram-control/hot_remove
        rm -f -- "$state/$1.zram"
    fi
}

# zram swap of 4G
up_1() {
    new_zram 1
    set_zram comp_algorithm zstd
    set_zram disksize 4294967296
    mkswap "$device" >/dev/null
    swapon --priority 100 "$device"
    : >"$state/1.mounted"
}
down_1() {
    if [ -e "$state/1.mounted" ]; then
        swapoff "/dev/zram$(cat "$state/1.zram")"
        rm -f -- "$state/1.mounted"
    fi
    remove_zram 1
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
