// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.configure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.config.ConfigApplied;
import io.github.cramdisk.api.config.ConfigFormat;
import io.github.cramdisk.api.config.ConfigVolume;
import io.github.cramdisk.api.volume.DeviceFilesystem;
import io.github.cramdisk.api.volume.FilesystemType;
import io.github.cramdisk.api.volume.SizeLimit;
import io.github.cramdisk.api.volume.TmpfsSpec;
import io.github.cramdisk.api.volume.ZramSpec;
import io.github.cramdisk.host.verb.Programs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a root directory of its own, checked by the real findmnt and systemd-analyze. */
class ConfigurationWriterTest {
    private static final ConfigVolume SCRATCH = tmpfs("/mnt/scratch");
    private static final ConfigVolume HOSTILE = tmpfs("/mnt/x\n/dev/sda1 / ext4 defaults 0 0\n#%n\"${HOME}\\");

    @TempDir
    private Path root;

    private ConfigurationWriter writer;

    @BeforeEach
    void prepare() throws IOException {
        Files.createDirectories(root.resolve("etc/systemd/system"));
        Files.createDirectories(root.resolve("proc"));
        Files.copy(Path.of("/proc/meminfo"), root.resolve("proc/meminfo"));
        writer = new ConfigurationWriter(root, new ConfigurationChecks(new Programs()));
    }

    private static ConfigVolume tmpfs(String target) {
        return ConfigVolume.of(TmpfsSpec.of(target, SizeLimit.of(ByteSize.ofMebi(64))));
    }

    private Path fstab() {
        return root.resolve("etc/fstab");
    }

    @Test
    void writesABlockAndLeavesTheRestByteForByte() throws IOException {
        byte[] before = "# caf\u00e9\n\ttmpfs  /tmp tmpfs\tnosuid 0 0\n".getBytes(StandardCharsets.ISO_8859_1);
        Files.write(fstab(), before);
        Files.setPosixFilePermissions(fstab(), PosixFilePermissions.fromString("rw-rw----"));

        ConfigApplied applied = writer.apply(ConfigFormat.FSTAB, List.of(SCRATCH));

        assertThat(applied.paths()).containsExactly("/etc/fstab");
        String after = new String(Files.readAllBytes(fstab()), StandardCharsets.ISO_8859_1);
        assertThat(after)
                .startsWith(new String(before, StandardCharsets.ISO_8859_1) + "# BEGIN Cramdisk.")
                .contains("\ntmpfs /mnt/scratch tmpfs nosuid,nodev,size=64M 0 0\n# END Cramdisk.\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(fstab())))
                .isEqualTo("rw-rw----");

        assertThat(writer.apply(ConfigFormat.FSTAB, List.of(SCRATCH)).paths())
                .as("a second time nothing is to be done")
                .isEmpty();
        writer.revert(ConfigFormat.FSTAB);
        assertThat(Files.readAllBytes(fstab())).isEqualTo(before);
    }

    @Test
    void aFileWithoutALastLineEndComesBackWithoutOne() throws IOException {
        byte[] before = "tmpfs /tmp tmpfs nosuid 0 0".getBytes(StandardCharsets.UTF_8);
        Files.write(fstab(), before);
        writer.apply(ConfigFormat.FSTAB, List.of(SCRATCH));
        assertThat(Files.readString(fstab())).contains("tmpfs /tmp tmpfs nosuid 0 0\n# BEGIN Cramdisk.");
        writer.apply(ConfigFormat.FSTAB, List.of(SCRATCH, tmpfs("/mnt/second")));
        writer.revert(ConfigFormat.FSTAB);
        assertThat(Files.readAllBytes(fstab())).isEqualTo(before);
    }

    @Test
    void whatOthersWriteAfterwardsStaysWhenItIsReverted() throws IOException {
        Files.writeString(fstab(), "# mine\n");
        writer.apply(ConfigFormat.FSTAB, List.of(SCRATCH));
        Files.writeString(fstab(), Files.readString(fstab()) + "tmpfs /later tmpfs nosuid 0 0\n");
        writer.revert(ConfigFormat.FSTAB);
        assertThat(fstab()).hasContent("# mine\ntmpfs /later tmpfs nosuid 0 0\n");
    }

    @Test
    void takesOutWhatIsNotWantedAnyMore() throws IOException {
        writer.apply(ConfigFormat.SYSTEMD, List.of(SCRATCH, tmpfs("/mnt/b")));
        assertThat(root.resolve("etc/systemd/system/mnt-b.mount")).exists();
        writer.apply(ConfigFormat.SYSTEMD, List.of(SCRATCH));
        assertThat(root.resolve("etc/systemd/system/mnt-b.mount")).doesNotExist();
        assertThat(root.resolve("etc/systemd/system/local-fs.target.d/50-cramdisk.conf"))
                .content()
                .contains("Wants=mnt-scratch.mount\n");
        writer.apply(ConfigFormat.SYSTEMD, List.of());
        assertThat(tree()).doesNotContainKey("etc/systemd/system/mnt-scratch.mount");
        assertThat(root.resolve("etc/systemd/system/local-fs.target.d")).doesNotExist();
    }

    @Test
    void aUnitOfSomebodyElseIsNeverOverwritten() throws IOException {
        Path unit = root.resolve("etc/systemd/system/mnt-scratch.mount");
        Files.writeString(unit, "[Mount]\nWhat=/dev/sdb1\nWhere=/mnt/scratch\n");
        Map<String, String> before = tree();
        refused(ErrorKind.CONFIG_REFUSED, () -> writer.apply(ConfigFormat.SYSTEMD, List.of(SCRATCH)));
        assertThat(tree()).isEqualTo(before);
    }

    @Test
    void aBrokenFstabKeepsItsFaultsAndGetsNoneOfOurs() throws IOException {
        String broken = "this is\nno fstab at all\n\u0000\n/dev/nowhere /nowhere ext4 defaults 0 0\n";
        Files.writeString(fstab(), broken);
        writer.apply(ConfigFormat.FSTAB, List.of(SCRATCH));
        assertThat(Files.readString(fstab())).startsWith(broken).contains("/mnt/scratch");
        writer.revert(ConfigFormat.FSTAB);
        assertThat(Files.readString(fstab())).isEqualTo(broken);
    }

    @Test
    void damagedMarksAreRefusedAndSayWhatToDo() throws IOException {
        String damaged = "# BEGIN Cramdisk. What you change\ntmpfs /a tmpfs x 0 0\n";
        Files.writeString(fstab(), damaged);
        assertThatThrownBy(() -> writer.apply(ConfigFormat.FSTAB, List.of(SCRATCH)))
                .hasMessageContaining("remove both and what is between");
        assertThat(Files.readString(fstab())).isEqualTo(damaged);
    }

    @Test
    void unitsThatWouldNotLoadAreRefused() throws IOException {
        // Nobody installed the program that the unit of the device starts.
        ConfigVolume zram =
                ConfigVolume.of(ZramSpec.of(ByteSize.ofGibi(1), DeviceFilesystem.of(FilesystemType.EXT4, "/mnt/z")));
        refused(ErrorKind.CONFIG_NOT_APPLICABLE, () -> writer.apply(ConfigFormat.SYSTEMD, List.of(zram)));
        assertThat(root.resolve("etc/systemd/system")).isEmptyDirectory();
    }

    @Test
    void smuggledLinesAreEscapedInFstabAndRefusedInUnits() throws IOException {
        writer.apply(ConfigFormat.FSTAB, List.of(HOSTILE));
        assertThat(Files.readString(fstab()).lines().filter(line -> !line.startsWith("#")))
                .singleElement()
                .asString()
                .startsWith("tmpfs /mnt/x\\012/dev/sda1\\040/\\040ext4");
        refused(ErrorKind.CONFIG_REFUSED, () -> writer.apply(ConfigFormat.SYSTEMD, List.of(HOSTILE)));
        assertThat(root.resolve("etc/systemd/system")).isEmptyDirectory();
    }

    @Test
    void whenOneOfSeveralFilesCannotBeWrittenTheOthersAreAsBefore() throws IOException {
        writer.apply(ConfigFormat.SYSTEMD, List.of(SCRATCH));
        Map<String, String> before = tree();
        // The drop-in's directory is no directory, so that the second file fails.
        Path swapTarget = root.resolve("etc/systemd/system/local-fs.target.d");
        Files.delete(swapTarget.resolve("50-cramdisk.conf"));
        Files.delete(swapTarget);
        Files.writeString(swapTarget, "in the way");
        assertThatThrownBy(() -> writer.apply(ConfigFormat.SYSTEMD, List.of(SCRATCH, tmpfs("/mnt/a"))))
                .isInstanceOfSatisfying(
                        CramdiskException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.CONFIG_UNWRITTEN));
        assertThat(root.resolve("etc/systemd/system/mnt-a.mount")).doesNotExist();
        assertThat(before).containsKey("etc/systemd/system/mnt-scratch.mount");
        assertThat(root.resolve("etc/systemd/system/mnt-scratch.mount")).exists();
    }

    @Test
    void whatACrashLeftHalfDoneIsUndoneByTheNext() throws IOException {
        Files.writeString(fstab(), "# mine\n");
        // A crash after the first of two renames, and between the write and the rename of the second.
        byte[] half = "# mine\n# half\n".getBytes(StandardCharsets.UTF_8);
        UndoRecord record = new UndoRecord(
                ConfigFormat.FSTAB,
                List.of(
                        new UndoRecord.Entry("/etc/fstab", Files.readAllBytes(fstab()), half, true),
                        new UndoRecord.Entry("/etc/other.conf", null, half, false)));
        Path state = root.resolve("var/lib/cramdisk/configuration");
        AtomicFile.makePrivateDirectory(state);
        record.write(state, UndoRecord.PENDING);
        Files.write(fstab(), half);
        Path leftOver = root.resolve("etc/.cramdisk-new-fstab");
        Files.writeString(leftOver, "# mi");

        writer.apply(ConfigFormat.FSTAB, List.of(SCRATCH));

        assertThat(Files.readString(fstab()))
                .startsWith("# mine\n# BEGIN Cramdisk.")
                .doesNotContain("half");
        assertThat(leftOver).doesNotExist();
        assertThat(root.resolve("etc/other.conf")).doesNotExist();
        writer.revert(ConfigFormat.FSTAB);
        assertThat(fstab()).hasContent("# mine\n");
    }

    @Test
    void ofManyAtOnceEachIsWholeAndTheLastOneStays() throws Exception {
        Files.writeString(fstab(), "# mine\n");
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<ConfigApplied>> work = Stream.iterate(0, i -> i + 1)
                    .limit(8)
                    .map(i -> (Callable<ConfigApplied>) () ->
                            // A writer each, as two processes have.
                            new ConfigurationWriter(root, new ConfigurationChecks(new Programs()))
                                    .apply(ConfigFormat.FSTAB, List.of(tmpfs("/mnt/" + i), tmpfs("/srv/" + i))))
                    .toList();
            for (Future<ConfigApplied> done : threads.invokeAll(work)) {
                assertThat(done.get().paths()).containsExactly("/etc/fstab");
            }
        } finally {
            threads.shutdown();
        }
        List<String> lines = Files.readString(fstab())
                .lines()
                .filter(line -> line.startsWith("tmpfs"))
                .toList();
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0).replace("/mnt/", "/srv/")).isEqualTo(lines.get(1));
        writer.revert(ConfigFormat.FSTAB);
        assertThat(fstab()).hasContent("# mine\n");
    }

    @Test
    void aReadOnlyEtcIsToldAndStaysAsItIs() throws Exception {
        Assumptions.assumeTrue(
                Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid")),
                "a read-only filesystem is mounted for this test, which needs root");
        Files.writeString(fstab(), "# mine\n");
        Path etc = root.resolve("etc");
        run("mount", "--bind", etc.toString(), etc.toString());
        try {
            run("mount", "-o", "remount,bind,ro", etc.toString());
            refused(ErrorKind.CONFIG_UNWRITTEN, () -> writer.apply(ConfigFormat.FSTAB, List.of(SCRATCH)));
            refused(ErrorKind.CONFIG_UNWRITTEN, () -> writer.apply(ConfigFormat.SYSTEMD, List.of(SCRATCH)));
            assertThat(fstab()).hasContent("# mine\n");
        } finally {
            run("umount", etc.toString());
        }
        refused(ErrorKind.CONFIG_NOTHING_TO_REVERT, () -> writer.revert(ConfigFormat.FSTAB));
        writer.apply(ConfigFormat.FSTAB, List.of(SCRATCH));
        assertThat(Files.readString(fstab())).startsWith("# mine\n# BEGIN Cramdisk.");
    }

    private static void run(String... command) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor())
                .as(String.join(" ", command))
                .isZero();
    }

    @Test
    void nothingToRevertIsSaidSo() {
        refused(ErrorKind.CONFIG_NOTHING_TO_REVERT, () -> writer.revert(ConfigFormat.SYSTEMD));
    }

    @Test
    void aUnitThatSomebodyChangedIsNotReverted() throws IOException {
        writer.apply(ConfigFormat.SYSTEMD, List.of(SCRATCH));
        Path unit = root.resolve("etc/systemd/system/mnt-scratch.mount");
        Files.writeString(unit, Files.readString(unit) + "# my note\n");
        refused(ErrorKind.CONFIG_REFUSED, () -> writer.revert(ConfigFormat.SYSTEMD));
        assertThat(unit).content().contains("# my note");
    }

    private static void refused(ErrorKind kind, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        CramdiskException.class, e -> assertThat(e.kind()).isEqualTo(kind));
    }

    /** All files below the root but the state. */
    private Map<String, String> tree() throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(root.resolve("etc"))) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(root.relativize(file).toString(), Files.readString(file));
            }
        }
        return files;
    }
}
