# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# What ./run shows where there is no display: a compressed disk with real files of this machine. Sourced by ./run.

readonly DEMO_DISK=sample
readonly DEMO_DISK_SIZE=1G
readonly DEMO_MEBIBYTES=256

# A stream of real files: documentation, headers, scripts, libraries, as a tar of at most DEMO_MEBIBYTES.
demo_files() {
    local folder folders=()
    for folder in usr/share/doc usr/share/perl usr/lib/python3 usr/include usr/share/locale usr/lib/x86_64-linux-gnu \
        usr/lib/aarch64-linux-gnu usr/lib64 usr/bin usr/lib usr/share; do
        [[ ! -d /$folder || -L /$folder ]] || folders+=("$folder")
    done
    # tar is cut off by head (SIGPIPE) and may meet files it must not read: neither matters here.
    { tar -C / -cf - --ignore-failed-read --exclude='usr/lib/modules' "${folders[@]}" 2>/dev/null || true; } |
        head -c "$((DEMO_MEBIBYTES << 20))"
}

# Prints field $2 of the flat JSON object in $1.
json_field() {
    sed -n 's/.*"'"$2"'" *: *"\{0,1\}\([^",}]*\)"\{0,1\}.*/\1/p' <<<"$1" | head -n 1
}

mebibytes() {
    awk -v bytes="$1" 'BEGIN { printf "%.1f MiB", bytes / 1048576 }'
}

demo() {
    local cramdisk=$DIST/bin/cramdisk info uri started logical stored resident
    require nbdcopy

    "$cramdisk" engine start >/dev/null
    if info=$("$cramdisk" disk show "$DEMO_DISK" --json 2>/dev/null); then
        say "Using the disk \"$DEMO_DISK\" that is already there."
    else
        info=$("$cramdisk" disk create "$DEMO_DISK" --size "$DEMO_DISK_SIZE" --json)
        say "Created the disk \"$DEMO_DISK\" ($DEMO_DISK_SIZE, lz4)."
    fi
    uri=$(json_field "$info" uri)
    say "Copying up to $DEMO_MEBIBYTES MiB of this machine's files into it over NBD ..."
    started=${EPOCHREALTIME//[!0-9]/}
    demo_files | nbdcopy -- - "$uri"
    local took=$(((${EPOCHREALTIME//[!0-9]/} - started) / 1000))

    info=$("$cramdisk" disk show "$DEMO_DISK" --json)
    logical=$(json_field "$info" logicalBytes)
    stored=$(json_field "$info" storedBytes)
    resident=$(json_field "$info" residentBytes)
    cat <<TABLE

  The disk "$DEMO_DISK" now holds (written in $((took / 1000)).$(((took % 1000) / 100)) s):

    logical     what you see in use            $(printf '%12s' "$(mebibytes "$logical")")
    stored      after compression              $(printf '%12s' "$(mebibytes "$stored")")
    resident    RAM it costs, all included     $(printf '%12s' "$(mebibytes "$resident")")
    ratio       logical by resident            $(awk -v l="$logical" -v r="$resident" 'BEGIN { printf "%11.2fx", r ? l / r : 1 }')

  It is served by the Cramdisk engine, which stays when this command ends, at
    $uri

  What to type next:
    ./run disk stats $DEMO_DISK                       counts by kind, sizes, operations
    nbdcopy '$uri' - | tar -t 2>/dev/null | head      read the files back
    ./run disk create mine --size 4G --codec zstd:3   a disk of your own
    ./run disk remove $DEMO_DISK                      give the memory back
    ./run --help                                      everything else

TABLE
}
