#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Turns the copy of the host's files into a machine of its own, before systemd starts: only what the tests need runs, an
# unprivileged user is there, and the helper is installed as a user installs it.
#   setup.sh WORK      WORK/boot.env says where things are
set -euo pipefail
PATH=/usr/sbin:/usr/bin:/sbin:/bin
export PATH
# Sets CHECKOUT, DIST, JAVA, CLASS_PATH, MODULES, TEST_CLASSES.
# shellcheck source=/dev/null
source "$1/boot.env"

mkdir -p /lib/modules
mount --bind "$MODULES" /lib/modules

# Files of root that the host does not let everybody read are written anew, not changed.
rm -f /etc/passwd.old /etc/group.old
{ cat /etc/passwd; echo 'cdtest:x:4711:4711::/home/cdtest:/bin/bash'; } >/etc/passwd.new
{ cat /etc/group; echo 'cdtest:x:4711:'; } >/etc/group.new
mv /etc/passwd.new /etc/passwd
mv /etc/group.new /etc/group
rm -f /etc/shadow /etc/gshadow
printf 'root:*:19000::::::\ncdtest:*:19000::::::\n' >/etc/shadow
chmod 640 /etc/shadow
install -d -m 755 -o 4711 -g 4711 /home/cdtest

# The user must get to the built programs, through directories that may be their developer's own.
for directory in "$DIST" "$TEST_CLASSES"; do
    while [[ $directory != / ]]; do
        chmod a+rx "$directory"
        directory=$(dirname "$directory")
    done
done

# A host that is a container is no reason for systemd to take the machine for one, where mounts reach no other namespace.
rm -f /.dockerenv /run/.containerenv

# Nothing of what the host starts or mounts.
rm -rf /etc/systemd/system /etc/systemd/system.conf.d /etc/udev/rules.d /etc/tmpfiles.d /etc/modules-load.d
mkdir -p /etc/systemd/system /etc/systemd/system.conf.d /etc/systemd/journald.conf.d
: >/etc/fstab
: >/etc/systemd/zram-generator.conf
echo cramdisk-tests >/etc/hostname
echo 0123456789abcdef0123456789abcdef >/etc/machine-id
# systemd-tmpfiles would empty /tmp, which is the host's; coldplug and the like only take time.
for unit in systemd-tmpfiles-setup systemd-tmpfiles-clean systemd-udev-trigger systemd-udev-settle systemd-hwdb-update \
    systemd-update-utmp systemd-random-seed systemd-journal-flush systemd-journal-catalog-update systemd-update-done \
    systemd-remount-fs systemd-fsck-root systemd-firstboot systemd-sysusers systemd-binfmt ldconfig systemd-pcrphase \
    systemd-pcrphase-sysinit systemd-boot-system-token systemd-pstore; do
    ln -s /dev/null "/etc/systemd/system/$unit.service"
done
printf '[Journal]\nStorage=volatile\n' >/etc/systemd/journald.conf.d/tests.conf
# An emulated processor is slow, not broken.
printf '[Manager]\nDefaultTimeoutStartSec=300\nDefaultTimeoutStopSec=60\nShowStatus=no\n' >/etc/systemd/system.conf.d/tests.conf
cat >/etc/dbus-1/system-local.conf <<'XML'
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <limit name="service_start_timeout">300000</limit>
</busconfig>
XML
# Hung tasks are told of early enough for a test that waits for one.
cat >/etc/sysctl.conf <<'SYSCTL'
kernel.hung_task_timeout_secs = 60
SYSCTL

# The place decides: no test waits until polkit has seen a new rule.
rm -rf /etc/polkit-1/rules.d
install -d -m 755 /etc/polkit-1/rules.d
rm -f /usr/share/polkit-1/rules.d/*
cat >/etc/polkit-1/rules.d/10-tests.rules <<'RULES'
polkit.addRule(function (action, subject) {
    if (action.id.indexOf("io.github.cramdisk.helper.") != 0 || subject.user != "cdtest") {
        return polkit.Result.NOT_HANDLED;
    }
    var place = action.lookup("place") || "";
    if (place.indexOf("/denied") >= 0) {
        return polkit.Result.NO;
    }
    return polkit.Result.YES;
});
RULES

"$CHECKOUT/installer/install-helper" --as-root-install "$DIST/helper" "$JAVA"

cat >/etc/systemd/system/cramdisk-tests.target <<'UNIT'
[Unit]
Description=Tests of Cramdisk
Requires=basic.target dbus.socket cramdisk-tests.service
After=basic.target
AllowIsolate=yes
UNIT
cat >/etc/systemd/system/cramdisk-tests.service <<UNIT
[Unit]
Description=Runs tests that the host asks for
After=basic.target dbus.socket
FailureAction=poweroff-force
SuccessAction=poweroff-force

[Service]
ExecStartPre=/usr/bin/install -d -m 700 -o cdtest -g cdtest /run/user/4711
ExecStartPre=/usr/bin/install -d -m 1777 /run/lock
ExecStart=$JAVA -Xmx256m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:-UsePerfData \\
    -Dcramdisk.guest=true -Dcramdisk.dist=$DIST -Dcramdisk.java=$JAVA -cp $CLASS_PATH io.github.cramdisk.kernel.vm.GuestAgent
# Its memory is not what a test of full memory wants to be killed.
OOMScoreAdjust=-1000
# What runs for the user is ended with this unit; the engine of the user must not share a limit with it.
TasksMax=infinity
StandardOutput=journal+console
StandardError=journal+console
UNIT
ln -sf cramdisk-tests.target /etc/systemd/system/default.target
