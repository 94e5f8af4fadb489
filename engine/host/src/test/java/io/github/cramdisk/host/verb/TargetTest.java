// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.verb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.volume.MemoryPolicy;
import io.github.cramdisk.api.volume.VolumeKind;
import io.github.cramdisk.host.mount.MountEntry;
import io.github.cramdisk.host.syscall.Errno;
import io.github.cramdisk.host.syscall.FileCalls;
import io.github.cramdisk.host.syscall.FileStatus;
import io.github.cramdisk.host.syscall.KernelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Nobody can get a verb to act elsewhere than on what was looked at, or with more than their own rights. */
class TargetTest {
    @RegisterExtension
    final RootMachine machine = new RootMachine();

    @Test
    void followsNoSymbolicLinkAnywhereInThePath() throws IOException {
        Path real = Path.of(machine.target("real"));
        Files.createDirectory(real.resolve("below"));
        Path link = Files.createSymbolicLink(machine.directory().resolve("link"), real);

        unusable(Caller.ROOT, link.toString(), "symbolic link");
        unusable(Caller.ROOT, link.resolve("below").toString(), "symbolic link");
        unusable(Caller.ROOT, "/proc/self/cwd", "symbolic link");
        unusable(Caller.ROOT, "/proc/self/root/tmp", "symbolic link");
        assertThat(machine.mountsBelow()).isEmpty();
    }

    @Test
    void refusesWhatIsMissingNoDirectoryOrTaken() throws IOException {
        Path file = Files.createFile(machine.directory().resolve("file"));
        String taken = machine.target("taken");
        machine.verbs().mountTmpfs(Caller.ROOT, RootMachine.tmpfs(taken));

        unusable(Caller.ROOT, machine.directory() + "/missing", "does not exist");
        unusable(Caller.ROOT, file.toString(), "no directory");
        unusable(Caller.ROOT, taken, "mounted there already");
    }

    @Test
    void refusesToHideWhatTheMachineNeeds() throws IOException {
        unusable(Caller.ROOT, "/etc", "the machine needs");
        unusable(Caller.ROOT, "/usr", "the machine needs");
        assertThat(RootMachine.isMounted("/etc")).isFalse();
    }

    @Test
    void mountsOnTheDirectoryThatWasLookedAtThoughItWasRenamedMeanwhile() throws IOException {
        String target = machine.target("target");
        Path moved = machine.directory().resolve("moved");
        LocalVerbs slow = machine.verbs(new GuardDouble() {
            @Override
            public void mount(Caller caller, String path, FileStatus directory) {
                replaceByLink(Path.of(target), moved, Path.of("/etc"));
            }
        });

        slow.mountTmpfs(Caller.ROOT, RootMachine.tmpfs(target));

        assertThat(RootMachine.isMounted(moved.toString())).isTrue();
        assertThat(RootMachine.isMounted("/etc")).isFalse();
        Files.delete(Path.of(target));
    }

    @Test
    void neverMountsElsewhereWhileNamesAreExchanged() throws Exception {
        Path victim = Path.of(machine.target("victim"));
        Path mine = Path.of(machine.target("mine"));
        Path spare = machine.directory().resolve("spare");
        Files.createSymbolicLink(spare, victim);
        AtomicBoolean stop = new AtomicBoolean();
        Thread attacker = new Thread(() -> exchangeUntil(stop, mine, spare));
        attacker.start();
        int mounted = 0;
        try {
            for (int round = 0; round < 2000; round++) {
                try {
                    machine.verbs().mountTmpfs(Caller.ROOT, RootMachine.tmpfs(mine.toString()));
                    mounted++;
                } catch (CramdiskException e) {
                    assertThat(e.kind()).isEqualTo(ErrorKind.TARGET_UNUSABLE);
                }
                assertThat(RootMachine.isMounted(victim.toString())).isFalse();
                unmountAll();
            }
        } finally {
            stop.set(true);
            attacker.join();
        }
        System.out.println("mounted in " + mounted + " of 2000 rounds");
    }

    @Test
    void makesMissingDirectoriesForTheCaller() throws IOException {
        Path home = Path.of(machine.target("home"));
        Files.setAttribute(home, "unix:uid", (int) RootMachine.USER.uid());
        String target = home + "/a/b";

        machine.verbs()
                .mountTmpfs(RootMachine.USER, new SpecBuilder(target).create().build());

        FileStatus made = FileCalls.statusOf(home + "/a");
        assertThat((long) made.uid()).isEqualTo(RootMachine.USER.uid());
        assertThat((long) made.gid()).isEqualTo(RootMachine.USER.gid());
        assertThat(made.permissions()).isEqualTo(0755);
        machine.verbs().unmount(RootMachine.USER, target, VolumeKind.TMPFS, false);
        assertThat((long) FileCalls.statusOf(target).uid()).isEqualTo(RootMachine.USER.uid());
    }

    @Test
    void makesNoDirectoryWhereTheCallerMayNot() throws IOException {
        unusableMade(RootMachine.USER, machine.directory() + "/a/b", "may not");

        assertThat(machine.files()).isEmpty();
    }

    @Test
    void tellsNothingOfDirectoriesThatTheCallerMayNotEnter() throws IOException {
        Path secret = Path.of(machine.target("secret"));
        Files.createDirectory(secret.resolve("there"));
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rwx------"));

        unusable(RootMachine.USER, secret + "/there", "may not");
        unusable(RootMachine.USER, secret + "/missing", "may not");
    }

    @Test
    void takesMadeDirectoriesBackWhenTheKernelRefuses() throws IOException {
        assertThatExceptionOfType(CramdiskException.class)
                .isThrownBy(() -> machine.verbs()
                        .mountTmpfs(
                                Caller.ROOT,
                                new SpecBuilder(machine.directory() + "/x/y/z")
                                        .create()
                                        .policy(MemoryPolicy.parse("bind:1000"))
                                        .build()));

        assertThat(machine.files()).isEmpty();
        assertThat(machine.mountsBelow()).isEmpty();
    }

    @Test
    void makesNothingWhenTheGuardRefuses() throws IOException {
        AtomicReference<FileStatus> asked = new AtomicReference<>();
        LocalVerbs guarded = machine.verbs(new GuardDouble() {
            @Override
            public void mount(Caller caller, String path, FileStatus directory) {
                asked.set(directory);
                throw new CramdiskException(ErrorKind.NOT_AUTHORISED, "mount", "test");
            }
        });

        assertThatExceptionOfType(CramdiskException.class)
                .isThrownBy(() -> guarded.mountTmpfs(
                        Caller.ROOT,
                        new SpecBuilder(machine.directory() + "/a/b").create().build()))
                .matches(e -> e.kind() == ErrorKind.NOT_AUTHORISED);
        assertThat(machine.files()).isEmpty();
        assertThat(asked.get()).extracting(FileStatus::inode).isEqualTo(inode(machine.directory()));
    }

    @Test
    void refusesDotsSlashesAndZeroBytes() {
        for (String path : new String[] {"/tmp/../etc", "/tmp/./x", "//tmp", "/tmp/", "tmp", "", "/", "/tmp/a\0b"}) {
            assertThatExceptionOfType(CramdiskException.class)
                    .as(path)
                    .isThrownBy(() -> machine.verbs().unmount(Caller.ROOT, path, VolumeKind.TMPFS, false))
                    .matches(e -> e.kind() == ErrorKind.INVALID_TARGET);
        }
    }

    private void unusable(Caller caller, String target, String why) {
        assertThatExceptionOfType(CramdiskException.class)
                .isThrownBy(() -> machine.verbs().mountTmpfs(caller, RootMachine.tmpfs(target)))
                .matches(e -> e.kind() == ErrorKind.TARGET_UNUSABLE)
                .withMessageContaining(why);
    }

    private void unusableMade(Caller caller, String target, String why) {
        assertThatExceptionOfType(CramdiskException.class)
                .isThrownBy(() -> machine.verbs()
                        .mountTmpfs(caller, new SpecBuilder(target).create().build()))
                .matches(e -> e.kind() == ErrorKind.TARGET_UNUSABLE)
                .withMessageContaining(why);
    }

    private static long inode(Path path) throws IOException {
        return FileCalls.statusOf(path.toString()).inode();
    }

    private static void replaceByLink(Path target, Path moved, Path linkTo) {
        try {
            Files.move(target, moved);
            Files.createSymbolicLink(target, linkTo);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** The kernel lets a rename through that began before the mount, so a name may be stale. */
    private void unmountAll() throws IOException {
        while (!machine.mountsBelow().isEmpty()) {
            for (MountEntry entry : machine.mountsBelow()) {
                try {
                    MountPoint.unmountTop(Caller.ROOT, entry.target(), false);
                } catch (KernelException e) {
                    assertThat(e.errno()).isIn(Errno.EINVAL, Errno.ENOENT);
                }
            }
        }
    }

    private static void exchangeUntil(AtomicBoolean stop, Path one, Path other) {
        Path between = one.resolveSibling("between");
        while (!stop.get()) {
            move(one, between);
            move(other, one);
            move(between, other);
        }
    }

    /** Fails while something is mounted there; a later round goes on. */
    private static void move(Path from, Path to) {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            Thread.onSpinWait();
        }
    }
}
