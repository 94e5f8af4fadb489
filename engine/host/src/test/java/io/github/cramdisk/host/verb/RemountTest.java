// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.verb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.volume.FileMode;
import io.github.cramdisk.api.volume.HugePages;
import io.github.cramdisk.api.volume.InodeWidth;
import io.github.cramdisk.api.volume.MemoryPolicy;
import io.github.cramdisk.api.volume.MountFlagsChange;
import io.github.cramdisk.api.volume.RamfsSpec;
import io.github.cramdisk.api.volume.SizeLimit;
import io.github.cramdisk.api.volume.TmpfsChange;
import io.github.cramdisk.host.mount.MountEntry;
import io.github.cramdisk.host.syscall.Descriptor;
import io.github.cramdisk.host.syscall.FileCalls;
import io.github.cramdisk.host.syscall.FileStatus;
import io.github.cramdisk.host.syscall.KernelException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Changes to a mounted tmpfs, with every trap of the kernel. */
class RemountTest {
    private static final int MEBI = 1 << 20;

    @RegisterExtension
    final RootMachine machine = new RootMachine();

    @Test
    void growsAndShrinksDownToWhatIsUsed() throws IOException {
        String target = mounted();
        Files.write(Path.of(target, "file"), new byte[3 * MEBI]);

        resize(target, "64M");
        assertThat(FileCalls.space(target).sizeBytes()).isEqualTo(64L * MEBI);
        resize(target, "3M");
        assertThat(FileCalls.space(target).sizeBytes()).isEqualTo(3L * MEBI);
        resize(target, "1%");
        assertThat(FileCalls.space(target).sizeBytes()).isGreaterThan(3L * MEBI);
    }

    @Test
    void refusesLessThanIsUsedAndSaysHowMuchThatIs() throws IOException {
        String target = mounted();
        Files.write(Path.of(target, "file"), new byte[3 * MEBI]);

        assertThatExceptionOfType(CramdiskException.class)
                .isThrownBy(() -> resize(target, "2M"))
                .matches(e -> e.kind() == ErrorKind.SIZE_TOO_SMALL_FOR_USED)
                .withMessageContaining("3.0 MiB");
        assertThat(FileCalls.space(target).sizeBytes()).isEqualTo(16L * MEBI);
    }

    @Test
    void turnsTheKernelsOwnRefusalIntoTheUsedSize() throws IOException {
        // As when a file grows between the check and the change.
        String target = mounted();
        Mounter grows = new FailingMounter(() -> Files.write(Path.of(target, "late"), new byte[5 * MEBI]));
        LocalVerbs verbs = new LocalVerbs(Guard.NONE, grows, new Programs(), ArenaMaker.DIRECTORY);

        assertThatExceptionOfType(CramdiskException.class)
                .isThrownBy(() ->
                        verbs.remountTmpfs(Caller.ROOT, TmpfsChange.resize(target, SizeLimit.of(ByteSize.ofMebi(2)))))
                .matches(e -> e.kind() == ErrorKind.SIZE_TOO_SMALL_FOR_USED)
                .withMessageContaining("5.0 MiB");
    }

    @Test
    void takesTheLimitAwayButCannotSetItAgain() throws IOException {
        String target = mounted();
        resize(target, "unlimited");

        assertThat(FileCalls.space(target).sizeBytes()).isZero();
        assertThatExceptionOfType(CramdiskException.class)
                .isThrownBy(() -> resize(target, "1G"))
                .matches(e -> e.kind() == ErrorKind.TMPFS_CANNOT_CHANGE);
    }

    @Test
    void changesModeAndOwnerWhichTheKernelWouldIgnore() throws IOException {
        String target = mounted();
        machine.verbs().remountTmpfs(Caller.ROOT, owned(target, "2750", 1000L, 1001L));

        FileStatus root = FileCalls.statusOf(target);
        assertThat(root.permissions()).isEqualTo(02750);
        assertThat(root.uid()).isEqualTo(1000);
        assertThat(root.gid()).isEqualTo(1001);
    }

    @Test
    void changesHugePagesPolicyInodesAndTheirWidth() throws IOException {
        String target = mounted();
        machine.verbs()
                .remountTmpfs(
                        Caller.ROOT,
                        new TmpfsChange(
                                target,
                                null,
                                500L,
                                null,
                                null,
                                null,
                                HugePages.ADVISE,
                                MemoryPolicy.parse("interleave:0"),
                                null,
                                InodeWidth.INODE64,
                                null,
                                MountFlagsChange.NONE));

        MountEntry entry = RootMachine.mounted(target);
        assertThat(entry.superOptions())
                .contains("size=16384k", "nr_inodes=500", "huge=advise", "mpol=interleave:0", "inode64");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ro", "noexec", "noatime", "nodiratime", "nosymfollow"})
    void changesFlagsBothWaysAndNoOthers(String flag) throws IOException {
        String target = mounted();
        flags(target, flag);
        assertThat(RootMachine.mounted(target).options()).contains(flag, "nosuid", "nodev");

        flags(target, back(flag));
        assertThat(RootMachine.mounted(target).options()).contains("rw", "nosuid", "nodev", "relatime");
        assertThat(RootMachine.mounted(target).options()).doesNotContain(flag);
    }

    @Test
    void changesLazytimeBothWays() throws IOException {
        String target = mounted();
        flags(target, "lazytime");
        assertThat(RootMachine.mounted(target).superOptions()).contains("lazytime");
        flags(target, "nolazytime");
        assertThat(RootMachine.mounted(target).superOptions()).doesNotContain("lazytime");
    }

    @Test
    void makesATmpfsWritableThatWasMountedReadOnlyByOthers() throws IOException, InterruptedException {
        String target = machine.target("foreign");
        Process mount = new ProcessBuilder("mount", "-t", "tmpfs", "-o", "ro,size=1m", "foreign", target).start();
        assertThat(mount.waitFor()).isZero();

        flags(target, "rw");
        Files.writeString(Path.of(target, "file"), "written");
    }

    @Test
    void resizesATmpfsWithoutSwapWhichMustBeSaidAgain() throws IOException {
        String target = machine.target("noswap");
        machine.verbs().mountTmpfs(Caller.ROOT, new SpecBuilder(target).noswap().build());
        resize(target, "32M");

        assertThat(RootMachine.mounted(target).superOptions()).contains("noswap", "size=32768k");
    }

    @Test
    void namesTheProcessThatWritesWhenItIsToBecomeReadOnly() throws IOException {
        String target = mounted();
        Path file = Path.of(target, "open");
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            open.write(1);
            assertThatExceptionOfType(CramdiskException.class)
                    .isThrownBy(() -> flags(target, "ro"))
                    .matches(e -> e.kind() == ErrorKind.VOLUME_BUSY)
                    .withMessageContaining(file.toString());
        }
        assertThat(RootMachine.mounted(target).options()).contains("rw");
    }

    @Test
    void changesNothingWhenTheLastStepFails() throws IOException {
        String target = mounted();
        LocalVerbs verbs = new LocalVerbs(
                Guard.NONE,
                new FailingMounter(() -> Files.write(Path.of(target, "late"), new byte[5 * MEBI])),
                new Programs(),
                ArenaMaker.DIRECTORY);
        MountEntry before = RootMachine.mounted(target);

        assertThatExceptionOfType(CramdiskException.class)
                .isThrownBy(() -> verbs.remountTmpfs(
                        Caller.ROOT,
                        new TmpfsChange(
                                target,
                                SizeLimit.of(ByteSize.ofMebi(1)),
                                null,
                                FileMode.parse("700"),
                                1000L,
                                1000L,
                                null,
                                null,
                                null,
                                null,
                                null,
                                MountFlagsChange.parse("noexec,noatime"))));

        assertThat(RootMachine.mounted(target)).isEqualTo(before);
        FileStatus root = FileCalls.statusOf(target);
        assertThat(root.uid()).isZero();
        assertThat(root.permissions()).isEqualTo(01777);
    }

    @Test
    void refusesWhatIsNoTmpfs() throws IOException {
        String plain = machine.target("plain");
        String ramfs = machine.target("ramfs");
        machine.verbs().mountRamfs(Caller.ROOT, RamfsSpec.of(ramfs));

        for (String target : new String[] {plain, ramfs, "/proc"}) {
            assertThatExceptionOfType(CramdiskException.class)
                    .isThrownBy(() -> resize(target, "1G"))
                    .matches(e -> e.kind() == ErrorKind.NO_SUCH_VOLUME);
        }
    }

    /** Does something just before the last step of a change. */
    private record FailingMounter(Step before) implements Mounter {
        interface Step {
            Object run() throws IOException;
        }

        private static final Mounter REAL = Mounter.ofThisKernel();

        @Override
        public MountedVolume mount(NewFilesystem filesystem, MountPoint target) throws KernelException {
            return REAL.mount(filesystem, target);
        }

        @Override
        public void changeFlags(Descriptor mountRoot, MountEntry now, MountFlagsChange change) throws KernelException {
            REAL.changeFlags(mountRoot, now, change);
        }

        @Override
        public void changeOptions(
                Descriptor mountRoot, MountEntry now, List<MountOption> options, MountFlagsChange flags)
                throws KernelException {
            try {
                before.run();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            REAL.changeOptions(mountRoot, now, options, flags);
        }
    }

    private String mounted() throws IOException {
        String target = machine.target("tmpfs");
        machine.verbs().mountTmpfs(Caller.ROOT, RootMachine.tmpfs(target));
        return target;
    }

    private void resize(String target, String size) {
        machine.verbs().remountTmpfs(Caller.ROOT, TmpfsChange.resize(target, SizeLimit.parse(size)));
    }

    private void flags(String target, String flags) {
        machine.verbs()
                .remountTmpfs(
                        Caller.ROOT,
                        new TmpfsChange(
                                target,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                MountFlagsChange.parse(flags)));
    }

    private static TmpfsChange owned(String target, String mode, long uid, long gid) {
        return new TmpfsChange(
                target,
                null,
                null,
                FileMode.parse(mode),
                uid,
                gid,
                null,
                null,
                null,
                null,
                null,
                MountFlagsChange.NONE);
    }

    private static String back(String flag) {
        return switch (flag) {
            case "ro" -> "rw";
            case "noexec" -> "exec";
            case "noatime" -> "relatime";
            case "nodiratime" -> "diratime";
            default -> "symfollow";
        };
    }
}
