#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# A machine within the machine, for tests of the privileged helper: mount and process namespaces of its own, in which
# /etc, /run, /home, /usr/local and the files of polkit and D-Bus are private, with a system bus, polkit, two users and
# the helper, installed as a user installs it. Everything is gone when this script ends.
#   private-machine.sh CHECKOUT      run under: unshare --mount --pid --fork --kill-child --mount-proc
# Says "ready" when it is; serves until its standard input ends.
set -euo pipefail
checkout=$1

scratch=$(mktemp -d /tmp/cdpm.XXXXXX)
mount -t tmpfs -o mode=755 tmpfs "$scratch"

# Makes directory $1 private: writable here, with the content of the real one.
private() {
    local name=${1//\//_}
    [[ -d $1 ]] || return 0
    mkdir "$scratch/$name" "$scratch/$name.work"
    if ! mount -t overlay overlay -o "lowerdir=$1,upperdir=$scratch/$name,workdir=$scratch/$name.work" "$1" 2>/dev/null; then
        cp -a "$1/." "$scratch/$name"
        mount --bind "$scratch/$name" "$1"
    fi
}

for directory in /etc /usr/local /usr/share/polkit-1 /usr/share/dbus-1; do
    private "$directory"
done
mount -t tmpfs -o mode=755 tmpfs /run
mount -t tmpfs -o mode=755 tmpfs /home
mkdir -p /run/dbus /run/lock
mount -t tmpfs -o mode=1777 tmpfs /dev/shm

# "Nobody can be asked" must not be answered by what this machine happens to have installed.
rm -f /etc/polkit-1/rules.d/* /usr/share/polkit-1/rules.d/*
mkdir -p /etc/polkit-1/rules.d
chmod 755 /etc/polkit-1/rules.d
# The name of a directory decides, so that no test waits until polkit has seen a new rule.
cat >/etc/polkit-1/rules.d/10-test.rules <<'RULES'
polkit.addRule(function (action, subject) {
    if (action.id.indexOf("io.github.cramdisk.helper.") != 0) {
        return polkit.Result.NOT_HANDLED;
    }
    var place = action.lookup("place") || "";
    if (place.indexOf("/asked") >= 0) {
        return polkit.Result.AUTH_SELF;
    }
    if (place == "/run/cramdisk") {
        // The memory for disks: one user may have it, of the other a password is asked.
        return subject.user == "cdother" ? polkit.Result.YES : polkit.Result.AUTH_SELF;
    }
    if (action.id == "io.github.cramdisk.helper.mount" || action.id == "io.github.cramdisk.helper.zram") {
        if (place.indexOf("/allowed") >= 0) {
            return polkit.Result.YES;
        }
        if (place.indexOf("/default") >= 0) {
            return polkit.Result.NOT_HANDLED;
        }
    }
    return polkit.Result.NO;
});
RULES
printf 'auth required pam_unix.so\naccount required pam_unix.so\nsession required pam_permit.so\n' >/etc/pam.d/polkit-1

for user in cdtest cdother; do
    useradd --create-home --home-dir "/home/$user" --shell /bin/bash "$user"
    echo "$user:secret-of-$user" | chpasswd
    # /tmp is the real one, where another engine of the same number may be.
    install -d -m 700 -o "$user" -g "$user" "/run/user-$user"
done
echo "root:secret-of-root" | chpasswd
groupadd cdshared
usermod --append --groups cdshared cdtest

dbus-uuidgen --ensure=/etc/machine-id
dbus-daemon --system --nofork --nopidfile >/run/dbus.log 2>&1 &
for ((i = 0; i < 100; i++)); do
    [[ ! -S /run/dbus/system_bus_socket ]] || break
    sleep 0.05
done
"$checkout/installer/install-helper" >/run/install.log 2>&1 || {
    cat /run/install.log >&2
    exit 1
}
echo "ready $$"
cat >/dev/null
umount "$scratch" 2>/dev/null || umount --lazy "$scratch"
rmdir "$scratch" 2>/dev/null || true
