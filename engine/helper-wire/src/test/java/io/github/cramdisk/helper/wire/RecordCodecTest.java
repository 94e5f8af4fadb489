// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.helper.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.volume.DeviceFilesystem;
import io.github.cramdisk.api.volume.DeviceSwap;
import io.github.cramdisk.api.volume.FileMode;
import io.github.cramdisk.api.volume.FilesystemType;
import io.github.cramdisk.api.volume.HugePages;
import io.github.cramdisk.api.volume.InodeWidth;
import io.github.cramdisk.api.volume.MemoryPolicy;
import io.github.cramdisk.api.volume.MountFlags;
import io.github.cramdisk.api.volume.RamfsSpec;
import io.github.cramdisk.api.volume.SizeLimit;
import io.github.cramdisk.api.volume.TmpfsChange;
import io.github.cramdisk.api.volume.TmpfsQuota;
import io.github.cramdisk.api.volume.TmpfsSpec;
import io.github.cramdisk.api.volume.VolumeKind;
import io.github.cramdisk.api.volume.ZramAlgorithm;
import io.github.cramdisk.api.volume.ZramChange;
import io.github.cramdisk.api.volume.ZramDevice;
import io.github.cramdisk.api.volume.ZramSpec;
import io.github.cramdisk.helper.wire.RecordCodec.MismatchException;
import io.github.cramdisk.host.syscall.DeviceNumber;
import io.github.cramdisk.host.verb.CreatedZram;
import io.github.cramdisk.host.verb.MountedVolume;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.freedesktop.dbus.types.Variant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RecordCodecTest {
    static List<Record> records() {
        MountedVolume mounted = new MountedVolume("/mnt/x", "tmpfs", 1L << 31, new DeviceNumber(0, 57));
        ZramSpec zram = new ZramSpec(
                ByteSize.ofGibi(1),
                ZramAlgorithm.parse("zstd:level=8"),
                List.of(ZramAlgorithm.of("lz4")),
                ByteSize.ofMebi(64),
                DeviceFilesystem.of(FilesystemType.EXT4, "/mnt/z"),
                true);
        return List.of(
                TmpfsSpec.of("/mnt/x", SizeLimit.parse("50%")),
                new TmpfsSpec(
                        "/mnt/x y",
                        true,
                        SizeLimit.parse("unlimited"),
                        0L,
                        FileMode.parse("1777"),
                        1000L,
                        1001L,
                        HugePages.WITHIN_SIZE,
                        MemoryPolicy.parse("bind=static:0-3"),
                        true,
                        InodeWidth.INODE32,
                        new TmpfsQuota(true, false, ByteSize.ofMebi(1), 7L, null, null),
                        "",
                        true,
                        MountFlags.parse("ro,suid,noatime,lazytime"),
                        true),
                TmpfsChange.resize("/mnt/x", SizeLimit.parse("1/4")),
                RamfsSpec.of("/mnt/r"),
                zram,
                ZramSpec.of(ByteSize.ofMebi(64), DeviceSwap.of(7)),
                mounted,
                new CreatedZram(new ZramDevice(3), 99, mounted),
                new CreatedZram(new ZramDevice(0), 0, null),
                new HelperMethods.Unmount("/mnt/x", VolumeKind.TMPFS, true),
                new HelperMethods.ChangeZram(new ZramDevice(1), new ZramChange(null, true, false)),
                new HelperMethods.ResetZram(new ZramDevice(1), zram),
                new HelperMethods.ResetZram(new ZramDevice(1), null),
                new HelperMethods.RemoveZram(new ZramDevice(1)),
                new HelperMethods.MakeArena(ByteSize.ofGibi(4)),
                new HelperMethods.Arena("/run/cramdisk/arena-1000"));
    }

    @ParameterizedTest
    @MethodSource("records")
    void everyRecordOfTheProtocolComesBackAsItWas(Record record) throws MismatchException {
        assertThat(RecordCodec.decode(record.getClass(), RecordCodec.encode(record)))
                .isEqualTo(record);
    }

    @Test
    void refusesWhatIsUnknownMissingOrOfAnotherType() {
        Map<String, Variant<?>> good = RecordCodec.encode(TmpfsSpec.of("/mnt/x", SizeLimit.parse("1M")));
        assertMismatch(with(good, "options", new Variant<>("suid")), "options");
        assertMismatch(with(good, "target", null), "target");
        assertMismatch(with(good, "target", new Variant<>(7)), "target");
        assertMismatch(with(good, "uid", new Variant<>("0")), "uid");
        assertMismatch(with(good, "huge", new Variant<>("FORCE")), "huge");
        assertMismatch(with(good, "flags", new Variant<>("suid")), "flags");
        assertMismatch(with(good, "noswap", new Variant<>(1)), "noswap");
    }

    @Test
    void theRecordsRefuseTheirOwnValues() {
        Map<String, Variant<?>> good = RecordCodec.encode(TmpfsSpec.of("/mnt/x", SizeLimit.parse("1M")));
        assertThatThrownBy(() -> RecordCodec.decode(TmpfsSpec.class, with(good, "size", new Variant<>("1G,suid"))))
                .isInstanceOfSatisfying(
                        CramdiskException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_SIZE_LIMIT));
        assertThatThrownBy(() -> RecordCodec.decode(TmpfsSpec.class, with(good, "target", new Variant<>("/a/../b"))))
                .isInstanceOfSatisfying(
                        CramdiskException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_TARGET));
    }

    @Test
    void onlyPermittedRecordsStandForASealedType() {
        Map<String, Variant<?>> good = RecordCodec.encode(ZramSpec.of(ByteSize.ofMebi(64), DeviceSwap.of(7)));
        Variant<?> other = new Variant<>(Map.of("kind", new Variant<>("RamfsSpec")), "a{sv}");
        assertThatThrownBy(() -> RecordCodec.decode(ZramSpec.class, with(good, "use", other)))
                .isInstanceOf(MismatchException.class);
    }

    private static void assertMismatch(Map<String, Variant<?>> entries, String name) {
        assertThatThrownBy(() -> RecordCodec.decode(TmpfsSpec.class, entries))
                .isInstanceOf(MismatchException.class)
                .hasMessageContaining("\"" + name + "\"");
    }

    private static Map<String, Variant<?>> with(
            Map<String, Variant<?>> entries, String name, @org.jspecify.annotations.Nullable Variant<?> value) {
        Map<String, Variant<?>> changed = new HashMap<>(entries);
        if (value == null) {
            changed.remove(name);
        } else {
            changed.put(name, value);
        }
        return changed;
    }
}
