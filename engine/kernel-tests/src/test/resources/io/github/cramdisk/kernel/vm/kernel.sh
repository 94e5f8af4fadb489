#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Fetches Debian's current kernel, once, and packs what the machine boots from. Prints the directory of its modules.
#   kernel.sh CACHE WORK amd64|uml     CACHE keeps the unpacked kernel; WORK gets vmlinuz and initrd, and holds init;
#                                      the kernel of QEMU, or that of User Mode Linux
set -euo pipefail
cache=$1 work=$2 flavour=$3
PATH=$PATH:/usr/sbin:/sbin

die() {
    echo "$*" >&2
    exit 1
}

# The name and version of the current kernel, or nothing where apt does not know any.
candidate() {
    local package version
    if [[ $flavour == uml ]]; then
        package=user-mode-linux
    else
        package=$(apt-cache depends linux-image-amd64 2>/dev/null | sed -n 's/^ *Depends: \(linux-image-[0-9].*\)$/\1/p' | head -n 1)
    fi
    [[ -n $package ]] || return 0
    version=$(apt-cache policy "$package" 2>/dev/null | sed -n 's/^ *Candidate: //p')
    [[ -n $version ]] || return 0
    echo "${package}_$version"
}

case $flavour in
uml) prefix=user-mode-linux modules=overlay ;;
*) prefix=linux-image- modules="virtio_pci 9pnet_virtio 9p overlay virtio_console" ;;
esac
mkdir -p "$cache" "$work"
exec 8>"$cache/.lock"
flock 8
name=$(candidate)
if [[ -z $name && $EUID -eq 0 ]] && type -P apt-get >/dev/null; then
    apt-get update -q >/dev/null 2>&1 8>&- || true
    name=$(candidate)
fi
if [[ -z $name ]]; then
    # No package lists: what was fetched before will do.
    name=$(cd "$cache" && printf '%s\n' "$prefix"*_* | sort --version-sort | tail -n 1)
fi
kernel=$cache/$name
if [[ ! -e $kernel/complete ]]; then
    type -P apt-get >/dev/null || die "Debian's kernel is fetched with apt-get, which this system does not have"
    rm -rf "$kernel"
    mkdir "$kernel"
    (
        cd "$kernel"
        # apt drops its rights where it can, and says so where it cannot.
        apt-get download -q "${name%%_*}=${name#*_}" >apt.log 2>&1 || { cat apt.log >&2; die "the kernel cannot be downloaded"; }
        dpkg -x "$prefix"*.deb .
        rm "$prefix"*.deb
        [[ ! -d usr/lib/uml ]] || mv usr/lib/uml lib
        [[ -d lib ]] || ln -s usr/lib lib
        depmod -b . "$(basename lib/modules/*)"
        touch complete
    ) 8>&-
fi
release=$(basename "$kernel"/lib/modules/*)

if [[ $flavour == uml ]]; then
    install "$kernel/usr/bin/linux.uml" "$work/vmlinuz"
else
    cp "$kernel/boot/vmlinuz-$release" "$work/vmlinuz"
fi
root=$work/initrd.root
rm -rf "$root"
mkdir -p "$root"/{bin,dev,proc,sys,memory,new,modules}
cp "$(type -P busybox)" "$root/bin/busybox"
cp "$work/init" "$root/init"
chmod 755 "$root/init"
number=100
for module in $modules; do
    modprobe --dirname="$kernel" --set-version="$release" --show-depends "$module"
done | awk '$1 == "insmod" && !seen[$2]++ { print $2 }' | while read -r file; do
    number=$((number + 1))
    plain=$(basename "${file%.xz}")
    case $file in
    *.xz) xz -dc "$file" >"$root/modules/$number-$plain" ;;
    *) cp "$file" "$root/modules/$number-$plain" ;;
    esac
done
(cd "$root" && find . | cpio --quiet -o -H newc | gzip -1) >"$work/initrd"
rm -rf "$root"
echo "$kernel/lib/modules"
