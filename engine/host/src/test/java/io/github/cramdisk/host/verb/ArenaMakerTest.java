// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.verb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.volume.KernelFeature;
import io.github.cramdisk.api.volume.KernelSupport;
import io.github.cramdisk.host.kernel.KernelProbe;
import io.github.cramdisk.host.mount.MountEntry;
import io.github.cramdisk.host.syscall.FileCalls;
import io.github.cramdisk.host.syscall.FileStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ArenaMakerTest {
    private static final int MEBI = 1 << 20;

    @RegisterExtension
    final RootMachine machine = new RootMachine();

    @Test
    void makesATmpfsThatOnlyItsUserMayEnter() throws IOException {
        String path = make(64);

        assertThat(path).isEqualTo(machine.directory() + "/cramdisk/arena-" + RootMachine.USER.uid());
        FileStatus root = FileCalls.statusOf(path);
        assertThat((long) root.uid()).isEqualTo(RootMachine.USER.uid());
        assertThat(root.permissions()).isEqualTo(0700);
        MountEntry entry = RootMachine.mounted(path);
        assertThat(entry.type()).isEqualTo("tmpfs");
        assertThat(entry.options()).contains("nosuid", "nodev", "noexec");
        assertThat(entry.superOption("size")).contains("65536k");
        KernelSupport support = new KernelProbe().probe();
        assertThat(entry.hasSuperOption("noswap")).isEqualTo(support.has(KernelFeature.TMPFS_NOSWAP));
        assertThat(entry.superOption("huge").isPresent()).isEqualTo(support.has(KernelFeature.TMPFS_HUGE));
    }

    @Test
    void keepsTheOneThatIsThereAndChangesItsSize() throws IOException {
        String path = make(64);
        Files.write(Path.of(path, "disk"), new byte[8 * MEBI]);

        assertThat(make(128)).isEqualTo(path);
        assertThat(FileCalls.space(path).sizeBytes()).isEqualTo(128L * MEBI);
        make(16);
        assertThat(FileCalls.space(path).sizeBytes()).isEqualTo(16L * MEBI);
        // Too small for what it holds: as it was.
        make(4);
        assertThat(FileCalls.space(path).sizeBytes()).isEqualTo(16L * MEBI);
        assertThat(Path.of(path, "disk")).hasSize(8 * MEBI);
        assertThat(machine.mountsBelow()).hasSize(1);
    }

    @Test
    void usesNoDirectoryThatOthersMayWriteTo() throws IOException {
        Path directory = Path.of(machine.target("cramdisk"));
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));

        refused();
    }

    @Test
    void followsNoLink() throws IOException {
        Files.createSymbolicLink(machine.directory().resolve("cramdisk"), Path.of(machine.target("elsewhere")));

        refused();
    }

    @Test
    void usesNoArenaOfAnotherUser() throws IOException {
        String path = make(64);
        Files.setAttribute(Path.of(path), "unix:uid", 1);

        assertThatExceptionOfType(CramdiskException.class)
                .isThrownBy(() -> make(64))
                .matches(e -> e.kind() == ErrorKind.ARENA_UNUSABLE);
    }

    private void refused() throws IOException {
        assertThatExceptionOfType(CramdiskException.class).isThrownBy(() -> make(64));
        assertThat(machine.mountsBelow()).isEmpty();
    }

    private String make(long mebibytes) {
        LocalVerbs verbs =
                new LocalVerbs(Guard.NONE, Mounter.ofThisKernel(), new Programs(), machine.directory() + "/cramdisk");
        return verbs.makeArenaDirectory(RootMachine.USER, ByteSize.ofMebi(mebibytes));
    }
}
