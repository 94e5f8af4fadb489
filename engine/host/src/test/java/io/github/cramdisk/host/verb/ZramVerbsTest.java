// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.verb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.volume.DeviceFilesystem;
import io.github.cramdisk.api.volume.DeviceSwap;
import io.github.cramdisk.api.volume.DeviceUse;
import io.github.cramdisk.api.volume.FileMode;
import io.github.cramdisk.api.volume.FilesystemType;
import io.github.cramdisk.api.volume.MountFlags;
import io.github.cramdisk.api.volume.ZramAlgorithm;
import io.github.cramdisk.api.volume.ZramChange;
import io.github.cramdisk.api.volume.ZramDevice;
import io.github.cramdisk.api.volume.ZramSpec;
import io.github.cramdisk.host.mount.MountEntry;
import io.github.cramdisk.host.swap.SwapArea;
import io.github.cramdisk.host.syscall.FileCalls;
import io.github.cramdisk.host.syscall.FileStatus;
import io.github.cramdisk.host.zram.ZramDevices;
import io.github.cramdisk.host.zram.ZramState;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** zram devices of this kernel: made, used, changed, emptied and removed. */
class ZramVerbsTest {
    private static final ByteSize SIZE = ByteSize.ofMebi(64);
    private static final int MEBI = 1 << 20;
    private static final UUID ID = UUID.fromString("0b5e7c1e-6d0c-4bb5-9a39-5d7a5d3f8e21");

    @RegisterExtension
    final RootMachine machine = new RootMachine();

    @BeforeEach
    void need() throws IOException {
        RootMachine.needZram("lz4");
    }

    @ParameterizedTest
    @EnumSource(FilesystemType.class)
    void mountsAFilesystemWithLabelOwnerModeAndDiscard(FilesystemType type) throws IOException {
        RootMachine.needProgram("mkfs." + type.text());
        String target = machine.target("fs");
        CreatedZram made = machine.zram(
                RootMachine.USER,
                spec(
                        type == FilesystemType.EXT4 ? SIZE : ByteSize.ofMebi(400),
                        "lz4",
                        new DeviceFilesystem(
                                type,
                                target,
                                false,
                                "ramlabel",
                                ID,
                                null,
                                null,
                                FileMode.parse("2770"),
                                MountFlags.parse("noexec,noatime"),
                                List.of(),
                                false)));

        MountEntry entry = RootMachine.mounted(target);
        assertThat(entry.type()).isEqualTo(type.text());
        assertThat(entry.source()).isEqualTo(made.device().toString());
        assertThat(entry.options()).contains("nosuid", "nodev", "noexec", "noatime");
        assertThat(entry.superOptions()).anyMatch(option -> option.startsWith("discard"));
        FileStatus root = FileCalls.statusOf(target);
        assertThat((long) root.uid()).isEqualTo(RootMachine.USER.uid());
        assertThat((long) root.gid()).isEqualTo(RootMachine.USER.gid());
        assertThat(root.permissions()).isEqualTo(02770);
        assertThat(blkid(made.device())).contains("LABEL=\"ramlabel\"").contains("UUID=\"" + ID + "\"");
        assertThat(state(made).algorithm()).isEqualTo("lz4");
        assertThat(made.mount()).isNotNull();
    }

    @Test
    void takesMountOptionsOfTheFilesystem() throws IOException {
        String target = machine.target("options");
        machine.zram(
                Caller.ROOT,
                spec(
                        SIZE,
                        "lz4",
                        new DeviceFilesystem(
                                FilesystemType.EXT4,
                                target,
                                false,
                                null,
                                null,
                                null,
                                null,
                                null,
                                MountFlags.parse("ro"),
                                List.of("data=writeback", "commit=30", "errors=continue"),
                                true)));

        MountEntry entry = RootMachine.mounted(target);
        assertThat(entry.options()).contains("ro");
        assertThat(entry.superOptions()).contains("data=writeback", "commit=30").doesNotContain("discard");
    }

    @Test
    void givesTheMemoryOfDeletedFilesBack() throws IOException {
        String target = machine.target("discard");
        CreatedZram made =
                machine.zram(Caller.ROOT, spec(SIZE, "lz4", DeviceFilesystem.of(FilesystemType.EXT4, target)));
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        byte[] noise = new byte[8 * MEBI];
        new Random(seed).nextBytes(noise);
        Path file = Path.of(target, "noise");
        writeThrough(file, noise);
        assertThat(state(made).memory().usedBytes()).isGreaterThan(8L * MEBI);

        Files.delete(file);
        sync(target);

        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> state(made).memory().usedBytes() < MEBI);
    }

    @Test
    void usesTwoDevicesWithDifferentSettingsAsSwap() throws IOException {
        CreatedZram first =
                machine.zram(Caller.ROOT, spec(SIZE, "lz4", new DeviceSwap(100, DeviceSwap.Discard.BOTH, "fast", ID)));
        CreatedZram second = machine.zram(Caller.ROOT, spec(ByteSize.ofMebi(128), "lzo", DeviceSwap.of(7)));

        assertThat(area(first).priority()).isEqualTo(100);
        assertThat(area(second).priority()).isEqualTo(7);
        assertThat(area(second).sizeBytes()).isBetween(127L * MEBI, 128L * MEBI);
        assertThat(state(first).algorithm()).isEqualTo("lz4");
        assertThat(state(second).algorithm()).isEqualTo("lzo");
        assertThat(blkid(first.device())).contains("LABEL=\"fast\"").contains("UUID=\"" + ID + "\"");

        machine.verbs().removeZram(Caller.ROOT, first.device());
        machine.verbs().removeZram(Caller.ROOT, second.device());
        assertThat(RootMachine.swapPaths())
                .doesNotContain(first.device().toString(), second.device().toString());
        assertThat(RootMachine.zramNumbers())
                .doesNotContain(first.device().number(), second.device().number());
    }

    @Test
    void letsTheKernelChooseThePriority() throws IOException {
        CreatedZram made = machine.zram(Caller.ROOT, spec(SIZE, "lz4", DeviceSwap.of(null)));

        assertThat(area(made).priority()).isNegative();
    }

    @Test
    void limitsTheMemoryAndChangesTheLimit() throws IOException {
        CreatedZram made = machine.zram(
                Caller.ROOT, new ZramSpec(SIZE, ZramAlgorithm.of("lz4"), List.of(), ByteSize.ofMebi(16), null, false));
        assertThat(state(made).memory().limitBytes()).isEqualTo(16L * MEBI);

        machine.verbs().changeZram(Caller.ROOT, made.device(), new ZramChange(ByteSize.ofMebi(32), false, true));
        assertThat(state(made).memory().limitBytes()).isEqualTo(32L * MEBI);

        machine.verbs().changeZram(Caller.ROOT, made.device(), new ZramChange(null, true, false));
        assertThat(state(made).memory().limitBytes()).isZero();
    }

    @Test
    void emptiesADeviceAndSetsItUpAsBefore() throws IOException {
        String target = machine.target("reset");
        ZramSpec spec = spec(SIZE, "lz4", DeviceFilesystem.of(FilesystemType.EXT4, target));
        CreatedZram made = machine.zram(Caller.ROOT, spec);
        Files.writeString(Path.of(target, "file"), "text");

        CreatedZram again = machine.verbs().resetZram(Caller.ROOT, made.device(), spec);

        assertThat(again.device()).isEqualTo(made.device());
        assertThat(again.sequence()).isEqualTo(made.sequence());
        assertThat(Path.of(target, "file")).doesNotExist();
        assertThat(state(again).sizeBytes()).isEqualTo(SIZE.bytes());
        assertThat(state(again).algorithm()).isEqualTo("lz4");
        assertThat(RootMachine.isMounted(target)).isTrue();
    }

    @Test
    void emptiesADeviceForGood() throws IOException {
        CreatedZram made = machine.zram(Caller.ROOT, spec(SIZE, "lz4", DeviceSwap.of(5)));

        machine.verbs().resetZram(Caller.ROOT, made.device(), null);

        assertThat(state(made).initialised()).isFalse();
        assertThat(state(made).sizeBytes()).isZero();
    }

    @Test
    void namesTheProcessThatKeepsItBusyAndRemovesNothing() throws IOException {
        String target = machine.target("busy");
        CreatedZram made =
                machine.zram(Caller.ROOT, spec(SIZE, "lz4", DeviceFilesystem.of(FilesystemType.EXT4, target)));
        Path file = Path.of(target, "file");
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            open.write(1);
            assertThatExceptionOfType(CramdiskException.class)
                    .isThrownBy(() -> machine.verbs().removeZram(Caller.ROOT, made.device()))
                    .matches(e -> e.kind() == ErrorKind.VOLUME_BUSY)
                    .withMessageContaining("(" + ProcessHandle.current().pid() + ") " + file);
        }
        assertThat(RootMachine.isMounted(target)).isTrue();
    }

    @Test
    void namesTheProcessThatHasTheBareDeviceOpen() throws IOException {
        CreatedZram made = machine.zram(Caller.ROOT, spec(SIZE, "lz4", null));
        try (RandomAccessFile open = new RandomAccessFile(made.device().toString(), "r")) {
            open.read();
            assertThatExceptionOfType(CramdiskException.class)
                    .isThrownBy(() -> machine.verbs().removeZram(Caller.ROOT, made.device()))
                    .matches(e -> e.kind() == ErrorKind.VOLUME_BUSY)
                    .withMessageContaining("(" + ProcessHandle.current().pid() + ")");
        }
        machine.verbs().removeZram(Caller.ROOT, made.device());
    }

    @Test
    void removesADeviceThatIsMountedAtSeveralPlaces() throws Exception {
        String target = machine.target("one");
        String other = machine.target("other");
        CreatedZram made =
                machine.zram(Caller.ROOT, spec(SIZE, "lz4", DeviceFilesystem.of(FilesystemType.EXT4, target)));
        assertThat(new ProcessBuilder("mount", "--bind", target, other).start().waitFor())
                .isZero();

        machine.verbs().removeZram(Caller.ROOT, made.device());

        assertThat(machine.mountsBelow()).isEmpty();
    }

    @Test
    void saysWhichAlgorithmsThereAre() throws IOException {
        Set<Integer> before = RootMachine.zramNumbers();
        assertThatExceptionOfType(CramdiskException.class)
                .isThrownBy(() -> machine.zram(Caller.ROOT, spec(SIZE, "nosuch", null)))
                .matches(e -> e.kind() == ErrorKind.NOT_SUPPORTED_BY_KERNEL)
                .withMessageContaining("nosuch")
                .withMessageContaining("lz4");
        assertThat(RootMachine.zramNumbers()).isEqualTo(before);
    }

    @Test
    void recompressesOrSaysThatTheKernelCannot() throws IOException {
        ZramSpec wanted =
                new ZramSpec(SIZE, ZramAlgorithm.of("lz4"), List.of(ZramAlgorithm.of("lzo-rle")), null, null, false);
        Set<Integer> before = RootMachine.zramNumbers();
        if (new ZramDevices(RootMachine.ROOT).all().stream().anyMatch(ZramState::canRecompress)) {
            assertThat(state(machine.zram(Caller.ROOT, wanted)).recompression()).containsExactly("lzo-rle");
        } else {
            assertThatExceptionOfType(CramdiskException.class)
                    .isThrownBy(() -> machine.zram(Caller.ROOT, wanted))
                    .matches(e -> e.kind() == ErrorKind.NOT_SUPPORTED_BY_KERNEL);
            assertThat(RootMachine.zramNumbers()).isEqualTo(before);
        }
    }

    @Test
    void passesParametersOfTheAlgorithm() throws IOException {
        if (new ZramDevices(RootMachine.ROOT).all().stream().noneMatch(ZramState::hasParameters)) {
            RootMachine.skip("zram takes no parameters of algorithms");
        }
        CreatedZram made = machine.zram(
                Caller.ROOT, new ZramSpec(SIZE, ZramAlgorithm.parse("lz4:level=3"), List.of(), null, null, false));

        assertThat(state(made).initialised()).isTrue();
    }

    @Test
    void leavesNothingWhenTheProgramIsMissing() throws IOException {
        Set<Integer> before = RootMachine.zramNumbers();
        LocalVerbs poor = new LocalVerbs(
                Guard.NONE, Mounter.ofThisKernel(), new Programs(List.of(machine.directory())), ArenaMaker.DIRECTORY);
        String target = machine.directory() + "/made/here";
        DeviceFilesystem plain = DeviceFilesystem.of(FilesystemType.EXT4, target);

        assertThatExceptionOfType(CramdiskException.class)
                .isThrownBy(() -> poor.createZram(Caller.ROOT, spec(SIZE, "lz4", created(plain))))
                .matches(e -> e.kind() == ErrorKind.PROGRAM_MISSING)
                .withMessageContaining("e2fsprogs");

        assertThat(RootMachine.zramNumbers()).isEqualTo(before);
        assertThat(machine.files()).isEmpty();
    }

    @Test
    void leavesNothingWhenTheProgramFailsAndRepeatsWhatItSaid() throws IOException {
        Set<Integer> before = RootMachine.zramNumbers();
        Path bin = Path.of(machine.target("bin"));
        Path mkswap = bin.resolve("mkswap");
        Files.writeString(mkswap, "#!/bin/sh\necho \"no room; HOME=$HOME\" >&2\nexit 3\n");
        assertThat(mkswap.toFile().setExecutable(true)).isTrue();
        LocalVerbs poor =
                new LocalVerbs(Guard.NONE, Mounter.ofThisKernel(), new Programs(List.of(bin)), ArenaMaker.DIRECTORY);

        assertThatExceptionOfType(CramdiskException.class)
                .isThrownBy(() -> poor.createZram(Caller.ROOT, spec(SIZE, "lz4", DeviceSwap.of(1))))
                .matches(e -> e.kind() == ErrorKind.PROGRAM_FAILED)
                .withMessageEndingWith("no room; HOME=");

        assertThat(RootMachine.zramNumbers()).isEqualTo(before);
    }

    @Test
    void leavesNothingWhenTheKernelRefusesToMount() throws IOException {
        Set<Integer> before = RootMachine.zramNumbers();
        String target = machine.target("refused");
        LocalVerbs poor = new LocalVerbs(
                Guard.NONE,
                Mounter.ofThisKernel(),
                new Programs(List.of(doNothing("mkfs.ext4"))),
                ArenaMaker.DIRECTORY);

        assertThatExceptionOfType(CramdiskException.class)
                .isThrownBy(() -> poor.createZram(
                        Caller.ROOT, spec(SIZE, "lz4", DeviceFilesystem.of(FilesystemType.EXT4, target))))
                .matches(e -> e.kind() == ErrorKind.KERNEL_REFUSED);

        assertThat(RootMachine.zramNumbers()).isEqualTo(before);
        assertThat(machine.mountsBelow()).isEmpty();
    }

    @Test
    void makesNoDeviceWhenTheTargetCannotBeUsed() throws IOException {
        Set<Integer> before = RootMachine.zramNumbers();
        assertThatExceptionOfType(CramdiskException.class)
                .isThrownBy(() -> machine.zram(
                        Caller.ROOT,
                        spec(SIZE, "lz4", DeviceFilesystem.of(FilesystemType.EXT4, machine.directory() + "/no"))))
                .matches(e -> e.kind() == ErrorKind.TARGET_UNUSABLE);
        assertThat(RootMachine.zramNumbers()).isEqualTo(before);
    }

    @Test
    void tellsOfDevicesThatAreNotThere() {
        ZramDevice missing = new ZramDevice(4711);
        assertThatExceptionOfType(CramdiskException.class)
                .isThrownBy(() -> machine.verbs().removeZram(Caller.ROOT, missing))
                .matches(e -> e.kind() == ErrorKind.NO_SUCH_VOLUME);
        assertThatExceptionOfType(CramdiskException.class)
                .isThrownBy(() -> machine.verbs().changeZram(Caller.ROOT, missing, new ZramChange(null, true, false)))
                .matches(e -> e.kind() == ErrorKind.NO_SUCH_VOLUME);
    }

    @Test
    void touchesNoDeviceThatTheGuardRefuses() throws IOException {
        CreatedZram made = machine.zram(Caller.ROOT, spec(SIZE, "lz4", DeviceSwap.of(1)));
        LocalVerbs guarded = machine.verbs(new GuardDouble() {
            @Override
            public void change(Caller caller, CreatedZram device) {
                assertThat(device.device()).isEqualTo(made.device());
                throw new CramdiskException(ErrorKind.NOT_AUTHORISED, "remove it", "test");
            }
        });

        assertThatExceptionOfType(CramdiskException.class)
                .isThrownBy(() -> guarded.removeZram(RootMachine.USER, made.device()));
        assertThatExceptionOfType(CramdiskException.class)
                .isThrownBy(() -> guarded.resetZram(RootMachine.USER, made.device(), null));
        assertThat(area(made).priority()).isEqualTo(1);
    }

    @Test
    void removesNoDeviceButTheOneThatTheGuardSaw() throws IOException {
        CreatedZram made = machine.zram(Caller.ROOT, spec(SIZE, "lz4", DeviceSwap.of(1)));
        // While a person is asked, the number goes to another device.
        LocalVerbs slow = machine.verbs(new GuardDouble() {
            @Override
            public void change(Caller caller, CreatedZram device) {
                machine.verbs().removeZram(Caller.ROOT, made.device());
                CreatedZram other = machine.zram(Caller.ROOT, spec(SIZE, "lzo", DeviceSwap.of(2)));
                assertThat(other.device()).isEqualTo(made.device());
            }
        });

        assertThatExceptionOfType(CramdiskException.class)
                .isThrownBy(() -> slow.removeZram(Caller.ROOT, made.device()))
                .matches(e -> e.kind() == ErrorKind.NO_SUCH_VOLUME);
        assertThat(area(made).priority()).isEqualTo(2);
    }

    private static ZramSpec spec(ByteSize size, String algorithm, @Nullable DeviceUse use) {
        return new ZramSpec(size, ZramAlgorithm.of(algorithm), List.of(), null, use, false);
    }

    private static DeviceFilesystem created(DeviceFilesystem plain) {
        return new DeviceFilesystem(
                plain.type(), plain.target(), true, null, null, null, null, null, MountFlags.DEFAULT, List.of(), false);
    }

    /** A directory with a program that does nothing. */
    private Path doNothing(String name) throws IOException {
        Path bin = Path.of(machine.target("bin"));
        Path program = Files.writeString(bin.resolve(name), "#!/bin/sh\nexit 0\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        return bin;
    }

    private static ZramState state(CreatedZram made) throws IOException {
        return new ZramDevices(RootMachine.ROOT).read(made.device().number()).orElseThrow();
    }

    private static SwapArea area(CreatedZram made) throws IOException {
        return SwapArea.read(RootMachine.ROOT).stream()
                .filter(area -> area.path().equals(made.device().toString()))
                .findFirst()
                .orElseThrow();
    }

    private static String blkid(ZramDevice device) throws IOException {
        Process process = new ProcessBuilder("/usr/sbin/blkid", "-p", "-o", "full", device.toString())
                .redirectErrorStream(true)
                .start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static void writeThrough(Path path, byte[] bytes) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.write(bytes);
            file.getFD().sync();
        }
    }

    private static void sync(String target) throws IOException {
        writeThrough(Path.of(target, "sync"), new byte[1]);
    }
}
