// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.Warning;
import io.github.cramdisk.api.WarningKind;
import io.github.cramdisk.api.volume.DeviceFilesystem;
import io.github.cramdisk.api.volume.DeviceSwap;
import io.github.cramdisk.api.volume.FileMode;
import io.github.cramdisk.api.volume.FilesystemType;
import io.github.cramdisk.api.volume.Finding;
import io.github.cramdisk.api.volume.HugePages;
import io.github.cramdisk.api.volume.InodeWidth;
import io.github.cramdisk.api.volume.KernelFeature;
import io.github.cramdisk.api.volume.KernelSupport;
import io.github.cramdisk.api.volume.MemoryPolicy;
import io.github.cramdisk.api.volume.MountFlags;
import io.github.cramdisk.api.volume.MountFlagsChange;
import io.github.cramdisk.api.volume.RamfsSpec;
import io.github.cramdisk.api.volume.SizeLimit;
import io.github.cramdisk.api.volume.TmpfsChange;
import io.github.cramdisk.api.volume.TmpfsQuota;
import io.github.cramdisk.api.volume.TmpfsSpec;
import io.github.cramdisk.api.volume.VolumeInfo;
import io.github.cramdisk.api.volume.VolumeKind;
import io.github.cramdisk.api.volume.VolumeList;
import io.github.cramdisk.api.volume.VolumeUser;
import io.github.cramdisk.api.volume.ZramAlgorithm;
import io.github.cramdisk.api.volume.ZramChange;
import io.github.cramdisk.api.volume.ZramDevice;
import io.github.cramdisk.api.volume.ZramInfo;
import io.github.cramdisk.api.volume.ZramPages;
import io.github.cramdisk.api.volume.ZramSchedule;
import io.github.cramdisk.api.volume.ZramSpec;
import io.github.cramdisk.api.volume.ZramStats;
import io.github.cramdisk.api.volume.ZramUpkeep;
import java.util.EnumSet;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The names of volumes that scripts and both ends of the wire rely on. */
class VolumeContractTest {
    private static final UUID ID = UUID.fromString("7b6bc6a4-8f0c-4a0f-9a0c-7d8e3f1a2b3c");
    static final VolumeInfo INFO = new VolumeInfo(
            VolumeKind.TMPFS,
            null,
            "/mnt/a b",
            null,
            1L << 30,
            4096,
            false,
            4096,
            null,
            true,
            "root",
            List.of("rw", "size=1048576k"),
            List.of(new VolumeUser(1, "bash", "/mnt/a b/x"), new VolumeUser(2, "cat", null)));
    static final ZramStats STATS = new ZramStats(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13);

    static List<Object> records() {
        return List.of(
                INFO,
                new VolumeList(List.of(INFO), List.of(Warning.of(WarningKind.VOLUMES_UNLIMITED, "/mnt/r"))),
                TmpfsSpec.of("/mnt/t", SizeLimit.parse("50%")),
                new TmpfsSpec(
                        "/mnt/t",
                        true,
                        SizeLimit.unlimited(),
                        0L,
                        FileMode.parse("1777"),
                        1000L,
                        1001L,
                        HugePages.WITHIN_SIZE,
                        MemoryPolicy.parse("bind=static:0-3,5"),
                        true,
                        InodeWidth.INODE64,
                        new TmpfsQuota(true, true, ByteSize.ofMebi(1), 5L, ByteSize.ofMebi(2), 6L),
                        "utf8-12.1.0",
                        true,
                        MountFlags.parse("ro,suid,dev,noexec,noatime,nodiratime,nosymfollow,lazytime"),
                        true),
                TmpfsChange.resize("/mnt/t", SizeLimit.parse("1.5G")),
                new TmpfsChange(
                        "/mnt/t",
                        null,
                        7L,
                        FileMode.parse("700"),
                        1L,
                        2L,
                        HugePages.ADVISE,
                        MemoryPolicy.parse("local"),
                        false,
                        InodeWidth.INODE32,
                        true,
                        MountFlagsChange.parse("ro,exec")),
                RamfsSpec.of("/mnt/r"),
                ZramSpec.of(ByteSize.ofMebi(64), null),
                ZramSpec.of(ByteSize.ofMebi(64), DeviceSwap.of(100)),
                new ZramSpec(
                        ByteSize.ofGibi(2),
                        ZramAlgorithm.parse("zstd:dict=/etc/d,level=8"),
                        List.of(ZramAlgorithm.of("deflate")),
                        ByteSize.ofMebi(512),
                        new DeviceFilesystem(
                                FilesystemType.XFS,
                                "/mnt/z",
                                true,
                                "scratch",
                                ID,
                                1000L,
                                1000L,
                                FileMode.parse("750"),
                                MountFlags.DEFAULT,
                                List.of("logbufs=8"),
                                true),
                        "/dev/disk/by-id/x",
                        new ZramSchedule(
                                30,
                                new ZramUpkeep(
                                        List.of(ZramPages.HUGE), List.of(ZramPages.IDLE), ByteSize.ofMebi(1), true),
                                false),
                        true),
                ZramChange.of(ZramUpkeep.of(false, true)),
                new ZramChange(ByteSize.ofMebi(64), false, true),
                new ZramInfo(
                        "/dev/zram0",
                        1,
                        "lz4",
                        List.of("lzo", "lz4"),
                        List.of("zstd"),
                        null,
                        "swap",
                        null,
                        null,
                        "l",
                        5,
                        "/dev/sdb2",
                        new ZramSchedule(60, ZramUpkeep.of(true, true), true),
                        true,
                        STATS,
                        List.of()),
                new KernelSupport(
                        "6.18.0",
                        new TreeSet<>(EnumSet.of(KernelFeature.TMPFS, KernelFeature.ZRAM)),
                        List.of("lz4"),
                        List.of("ext4"),
                        List.of(0)),
                new Finding("a", Finding.Severity.WARNING, "b", "c", "d", null, List.of("e")),
                new VolumeMethods.Unmount("/mnt/t", VolumeKind.RAMFS, true),
                new VolumeMethods.ZramUpdate(new ZramDevice(3), new ZramChange(null, true, false)),
                new VolumeMethods.WithUsers(true),
                new VolumeMethods.Volume("/dev/zram0"));
    }

    @ParameterizedTest
    @MethodSource("records")
    void everyRecordComesBackAsItWas(Object record) throws Exception {
        assertThat(Json.mapper().readValue(Json.line(record), record.getClass()))
                .isEqualTo(record);
    }

    @Test
    void aVolumeHasTheNamesThatScriptsUse() {
        JsonNode volume = Json.tree(INFO);
        assertThat(volume.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder(
                        "kind",
                        "name",
                        "target",
                        "device",
                        "sizeBytes",
                        "usedBytes",
                        "atLeast",
                        "residentBytes",
                        "swappedBytes",
                        "managed",
                        "owner",
                        "options",
                        "users");
        assertThat(volume.get("kind").textValue()).isEqualTo("tmpfs");
        assertThat(volume.get("target").textValue()).isEqualTo("/mnt/a b");
        assertThat(volume.get("sizeBytes").isIntegralNumber()).isTrue();
    }

    @Test
    void theUseOfAZramDeviceIsAWord() {
        assertThat(Json.line(ZramSpec.of(ByteSize.ofMebi(64), DeviceSwap.of(100))))
                .contains("\"use\":{\"use\":\"swap\",\"priority\":100");
        assertThat(Json.tree(new VolumeMethods.Zram(new ZramDevice(3)))
                        .get("device")
                        .textValue())
                .isEqualTo("/dev/zram3");
    }

    @Test
    void whatIsLeftOutIsTheSafeChoice() throws Exception {
        assertThat(Json.fromParams(Json.mapper().readTree("{\"target\":\"/mnt/t\"}"), TmpfsSpec.class)
                        .flags()
                        .words())
                .contains("nosuid", "nodev");
        ZramSpec zram = Json.fromParams(
                Json.mapper().readTree("{\"size\":536870912,\"use\":{\"use\":\"filesystem\",\"target\":\"/mnt/t\"}}"),
                ZramSpec.class);
        assertThat(zram.use()).isEqualTo(DeviceFilesystem.of(FilesystemType.EXT4, "/mnt/t"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"target\":\"/t\",\"size\":7}",
                "{\"target\":\"/t\",\"size\":{}}",
                "{\"target\":\"/t\",\"flags\":\"suid\"}",
                "{\"target\":null}",
                "{}"
            })
    void badParametersAreAFaultOfTheRequest(String params) {
        assertThatThrownBy(() -> Json.fromParams(Json.mapper().readTree(params), TmpfsSpec.class))
                .isInstanceOf(RpcFault.class);
    }

    @Test
    void refusedParametersKeepTheirKind() {
        assertThatThrownBy(() -> Json.fromParams(
                        Json.mapper().readTree("{\"target\":\"/t\",\"size\":\"1G,suid\"}"), TmpfsSpec.class))
                .isInstanceOfSatisfying(
                        CramdiskException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_SIZE_LIMIT));
    }

    @Test
    void aFeatureOfANewerEngineIsNoError() throws Exception {
        assertThat(Json.mapper()
                        .readValue("{\"release\":\"9\",\"features\":[\"TMPFS\",\"TELEPATHY\"]}", KernelSupport.class)
                        .features())
                .containsExactly(KernelFeature.TMPFS, KernelFeature.UNKNOWN);
    }
}
