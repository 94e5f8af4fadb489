// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.verb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.volume.RamfsSpec;
import io.github.cramdisk.api.volume.VolumeKind;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class UnmountTest {
    @RegisterExtension
    final RootMachine machine = new RootMachine();

    @Test
    void unmountsTmpfsAndRamfs() throws IOException {
        String tmpfs = machine.target("tmpfs");
        String ramfs = machine.target("ramfs");
        machine.verbs().mountTmpfs(Caller.ROOT, RootMachine.tmpfs(tmpfs));
        machine.verbs().mountRamfs(Caller.ROOT, RamfsSpec.of(ramfs));

        machine.verbs().unmount(Caller.ROOT, tmpfs, VolumeKind.TMPFS, false);
        machine.verbs().unmount(Caller.ROOT, ramfs, VolumeKind.RAMFS, false);

        assertThat(machine.mountsBelow()).isEmpty();
    }

    @Test
    void namesTheProcessAndTheFileThatKeepItBusy() throws IOException {
        String target = machine.target("busy");
        machine.verbs().mountTmpfs(Caller.ROOT, RootMachine.tmpfs(target));
        Path file = Path.of(target, "a file");
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            open.write(1);
            assertThatExceptionOfType(CramdiskException.class)
                    .isThrownBy(() -> machine.verbs().unmount(Caller.ROOT, target, VolumeKind.TMPFS, false))
                    .matches(e -> e.kind() == ErrorKind.VOLUME_BUSY)
                    .withMessageContaining("(" + ProcessHandle.current().pid() + ")")
                    .withMessageContaining(file.toString());
        }
        assertThat(RootMachine.isMounted(target)).isTrue();
    }

    @Test
    void namesTheProcessWhoseDirectoryItIs() throws IOException {
        String target = machine.target("cwd");
        machine.verbs().mountTmpfs(Caller.ROOT, RootMachine.tmpfs(target));
        Process shell = new ProcessBuilder("sleep", "1000")
                .directory(Path.of(target).toFile())
                .start();
        try {
            // Until the new program runs it is still a copy of this one.
            Awaitility.await()
                    .until(() -> Files.readString(Path.of("/proc/" + shell.pid() + "/comm"))
                            .equals("sleep\n"));
            assertThatExceptionOfType(CramdiskException.class)
                    .isThrownBy(() -> machine.verbs().unmount(Caller.ROOT, target, VolumeKind.TMPFS, false))
                    .withMessageContaining("sleep (" + shell.pid() + ") " + target);
        } finally {
            shell.destroyForcibly();
        }
    }

    @Test
    void namesTheMountThatLiesOnIt() throws IOException {
        String outer = machine.target("outer");
        machine.verbs().mountTmpfs(Caller.ROOT, RootMachine.tmpfs(outer));
        String inner = outer + "/inner";
        machine.verbs().mountTmpfs(Caller.ROOT, new SpecBuilder(inner).create().build());

        assertThatExceptionOfType(CramdiskException.class)
                .isThrownBy(() -> machine.verbs().unmount(Caller.ROOT, outer, VolumeKind.TMPFS, false))
                .matches(e -> e.kind() == ErrorKind.VOLUME_BUSY)
                .withMessageContaining("the mount " + inner);
    }

    @Test
    void detachesABusyOneWhenAskedTo() throws IOException {
        String target = machine.target("lazy");
        machine.verbs().mountTmpfs(Caller.ROOT, RootMachine.tmpfs(target));
        try (RandomAccessFile open =
                new RandomAccessFile(Path.of(target, "file").toFile(), "rw")) {
            machine.verbs().unmount(Caller.ROOT, target, VolumeKind.TMPFS, true);
            open.write(1);
        }
        assertThat(RootMachine.isMounted(target)).isFalse();
    }

    @Test
    void leavesOtherThingsAlone() throws IOException {
        String plain = machine.target("plain");
        String ramfs = machine.target("ramfs");
        machine.verbs().mountRamfs(Caller.ROOT, RamfsSpec.of(ramfs));

        for (String target : new String[] {plain, ramfs, "/proc", "/"}) {
            assertThatExceptionOfType(CramdiskException.class)
                    .isThrownBy(() -> machine.verbs().unmount(Caller.ROOT, target, VolumeKind.TMPFS, false))
                    .matches(e -> e.kind() == ErrorKind.NO_SUCH_VOLUME || e.kind() == ErrorKind.INVALID_TARGET);
        }
        assertThat(RootMachine.isMounted(ramfs)).isTrue();
    }

    @Test
    void unmountsNothingButWhatTheGuardSaw() throws IOException {
        String target = machine.target("swapped");
        machine.verbs().mountTmpfs(Caller.ROOT, RootMachine.tmpfs(target));
        // While a person is asked, somebody else replaces the mount.
        LocalVerbs slow = machine.verbs(new GuardDouble() {
            @Override
            public void change(Caller caller, MountedVolume mounted) {
                machine.verbs().unmount(Caller.ROOT, target, VolumeKind.TMPFS, false);
                machine.verbs().mountTmpfs(Caller.ROOT, RootMachine.tmpfs(target));
            }
        });

        assertThatExceptionOfType(CramdiskException.class)
                .isThrownBy(() -> slow.unmount(Caller.ROOT, target, VolumeKind.TMPFS, false))
                .matches(e -> e.kind() == ErrorKind.NO_SUCH_VOLUME);
        assertThat(RootMachine.isMounted(target)).isTrue();
    }
}
