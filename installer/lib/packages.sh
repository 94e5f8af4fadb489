# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# Finds out what this machine lacks and installs it, or says what to install; sourced by ./run and ./test.

# Needs, and the packages that meet them: need, apt, dnf, pacman, zypper. "a|b": the first one the system knows.
readonly PACKAGE_TABLE='
jdk      openjdk-21-jdk-headless|openjdk-17-jdk-headless|openjdk-25-jdk-headless java-21-openjdk-devel|java-latest-openjdk-devel jdk21-openjdk java-21-openjdk-devel
maven    maven maven maven maven
flock    util-linux util-linux util-linux util-linux
gtk      libgtk-3-0t64|libgtk-3-0 gtk3 gtk3 libgtk-3-0
xtst     libxtst6 libXtst libxtst libXtst6
gl       libgl1 mesa-libGL libglvnd libglvnd
xxf86vm  libxxf86vm1 libXxf86vm libxxf86vm libXxf86vm1
xvfb-run xvfb xorg-x11-server-Xvfb xorg-server-xvfb xvfb-run
xauth    xauth xorg-x11-xauth xorg-xauth xauth
dpkg-deb dpkg dpkg dpkg dpkg
strip    binutils binutils binutils binutils
python3  python3 python3 python python3
lintian  lintian lintian lintian lintian
desktop-file-validate desktop-file-utils desktop-file-utils desktop-file-utils desktop-file-utils
appstreamcli appstream appstream appstream AppStream
xmllint  libxml2-utils libxml2 libxml2 libxml2-tools
man      man-db man-db man-db man
mandoc   mandoc mandoc mandoc mandoc
zsh      zsh zsh zsh zsh
fish     fish fish fish fish
rpm      rpm rpm rpm-tools rpm
debootstrap debootstrap debootstrap debootstrap debootstrap
rpmbuild rpm rpm-build rpm-tools rpm-build
nbdcopy  libnbd-bin libnbd libnbd nbd
nbdfuse  nbdfuse nbdfuse libnbd nbdfuse
pynbd    python3-libnbd python3-libnbd libnbd python3-libnbd
qemu-img qemu-utils qemu-img qemu-img qemu-tools
qemu-system-x86_64 qemu-system-x86 qemu-system-x86-core qemu-system-x86 qemu-x86
fio      fio fio fio fio
nbdkit   nbdkit nbdkit nbdkit nbdkit
mkfs.ext4 e2fsprogs e2fsprogs e2fsprogs e2fsprogs
fusermount3 fuse3 fuse3 fuse3 fuse3
mkfs.xfs xfsprogs xfsprogs xfsprogs xfsprogs
mkfs.btrfs btrfs-progs btrfs-progs btrfs-progs btrfsprogs
mkswap   util-linux util-linux util-linux util-linux
blkid    util-linux util-linux util-linux util-linux
losetup  mount|util-linux util-linux util-linux util-linux
shellcheck shellcheck ShellCheck shellcheck ShellCheck
dbus-daemon dbus dbus-daemon dbus dbus-1
polkitd  polkitd|policykit-1 polkit polkit polkit
pkttyagent polkitd|policykit-1 polkit polkit polkit
systemd-analyze systemd systemd systemd systemd
systemd-escape systemd systemd systemd systemd
zram-generator systemd-zram-generator zram-generator zram-generator zram-generator
nix-instantiate nix-bin nix nix nix
patch    patch patch patch patch
gdbus    libglib2.0-bin glib2 glib2 glib2-tools
udevadm  udev systemd-udev systemd udev
busybox  busybox-static busybox busybox busybox-static
cpio     cpio cpio cpio cpio
depmod   kmod kmod kmod kmod
findmnt  util-linux util-linux util-linux util-linux
systemd  systemd-sysv systemd systemd systemd
unshare  util-linux util-linux util-linux util-linux
useradd  passwd shadow-utils shadow shadow
setpriv  util-linux util-linux util-linux util-linux
script   bsdutils util-linux-script|util-linux util-linux util-linux
'

# Whether the need $1 is met.
is_there() {
    case $1 in
    jdk) find_jdk ;;
    maven) have mvn ;;
    gtk) has_library libgtk-3.so.0 ;;
    xtst) has_library libXtst.so.6 ;;
    gl) has_library libGL.so.1 ;;
    xxf86vm) has_library libXxf86vm.so.1 ;;
    pynbd) have python3 && /usr/bin/python3 -c 'import nbd' 2>/dev/null ;;
    systemd) [[ -x /lib/systemd/systemd ]] ;;
    polkitd) [[ -x /usr/lib/polkit-1/polkitd || -x /usr/libexec/polkitd || -x /usr/lib/policykit-1/polkitd ]] ;;
    zram-generator) [[ -x /usr/lib/systemd/system-generators/zram-generator || -x /lib/systemd/system-generators/zram-generator ]] ;;
    debootstrap | mkfs.* | mkswap | blkid | losetup | depmod | fusermount3 | useradd) PATH="$PATH:/usr/sbin:/sbin" have "$1" ;;
    *) have "$1" ;;
    esac
}

has_library() {
    local list
    list=$(PATH="$PATH:/usr/sbin:/sbin" ldconfig -p 2>/dev/null) && [[ $list == *"$1 "* ]]
}

# Sets JDK to the home of a JDK (not only a runtime) that is new enough.
find_jdk() {
    local candidate javac
    javac=$(type -P javac || true)
    [[ -z $javac ]] || javac=$(readlink -f "$javac")
    for candidate in "${JAVA_HOME:-/nonexistent}" "${javac%/bin/javac}" /usr/lib/jvm/*; do
        if [[ -x $candidate/bin/javac ]] && (($(java_feature_of "$candidate/bin/java" || echo 0) >= LOWEST_JAVA)); then
            JDK=$candidate
            return 0
        fi
    done
    return 1
}

package_manager() {
    local manager
    for manager in apt-get dnf pacman zypper; do
        if have "$manager"; then
            echo "$manager"
            return
        fi
    done
    echo unknown
}

# Prints the package of manager $1 for need $2: of "a|b" the first that it knows, else the last.
package_for() {
    local manager=$1 need=$2 name apt dnf pacman zypper choice='' alternatives
    while read -r name apt dnf pacman zypper; do
        [[ $name == "$need" ]] || continue
        case $manager in
        apt-get) alternatives=$apt ;;
        dnf) alternatives=$dnf ;;
        pacman) alternatives=$pacman ;;
        zypper) alternatives=$zypper ;;
        *) alternatives=$need ;;
        esac
        for choice in ${alternatives//|/ }; do
            if [[ $choice == "$alternatives" ]] || knows_package "$manager" "$choice"; then
                break
            fi
        done
    done <<<"$PACKAGE_TABLE"
    printf '%s\n' "$choice"
}

# Whether manager $1 can install package $2.
knows_package() {
    case $1 in
    apt-get) apt-cache --quiet=0 policy "$2" 2>/dev/null | grep -q 'Candidate: [0-9]' ;;
    dnf) dnf --quiet list "$2" >/dev/null 2>&1 ;;
    pacman) pacman -Si "$2" >/dev/null 2>&1 ;;
    zypper) zypper --quiet --non-interactive search --match-exact "$2" >/dev/null 2>&1 ;;
    esac
}

# Sees to it that every need in "$@" is met, by the package manager of this system: asks before sudo, goes ahead as root.
# Fails when something is still missing.
require() {
    local need manager missing=() packages=() as_root=() install
    for need in "$@"; do
        is_there "$need" || missing+=("$need")
    done
    ((${#missing[@]})) || return 0

    manager=$(package_manager)
    case $manager in
    apt-get) install=(env DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends -o Dpkg::Use-Pty=0) ;;
    dnf) install=(dnf install --assumeyes --setopt=install_weak_deps=False) ;;
    pacman) install=(pacman -S --needed --noconfirm) ;;
    zypper) install=(zypper --non-interactive install --no-recommends) ;;
    *) fail "Missing: ${missing[*]}. Install a JDK $LOWEST_JAVA or later, Maven 3.8 or later, and the programs named here with the package manager of this system, then try again." ;;
    esac
    # apt knows nothing before its lists are there; the others fetch theirs themselves.
    if [[ $manager == apt-get && $EUID -eq 0 ]]; then
        apt-get update -q </dev/null >/dev/null || true
    fi
    for need in "${missing[@]}"; do
        packages+=("$(package_for "$manager" "$need")")
    done

    if ((EUID != 0)); then
        if ! have sudo || ! confirm "Cramdisk needs: ${packages[*]}. Install them with sudo $manager?"; then
            fail "Missing: ${missing[*]}. Install them as root, then try again:
    ${install[*]} ${packages[*]}"
        fi
        as_root=(sudo)
        [[ $manager != apt-get ]] || sudo apt-get update -q </dev/null >/dev/null || true
    fi
    say "Installing: ${packages[*]}"
    # Quiet, but a failure shows all of it.
    local log
    log=$(mktemp)
    if ! "${as_root[@]}" "${install[@]}" "${packages[@]}" </dev/null >"$log" 2>&1; then
        cat "$log" >&2
        rm -f "$log"
        fail "These packages could not be installed: ${packages[*]}"
    fi
    rm -f "$log"

    hash -r
    for need in "${missing[@]}"; do
        is_there "$need" || fail "Still missing after the installation of $(package_for "$manager" "$need"): $need"
    done
}
