// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.CodecSpec;
import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.DiskInfo;
import io.github.cramdisk.api.DiskSpec;
import io.github.cramdisk.api.DiskStats;
import io.github.cramdisk.api.DiskUpdate;
import io.github.cramdisk.api.EngineEvent;
import io.github.cramdisk.api.EngineStatus;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.EventKind;
import io.github.cramdisk.api.FullPolicy;
import io.github.cramdisk.api.FullWait;
import io.github.cramdisk.api.MachineMemory;
import io.github.cramdisk.api.Snapshot;
import io.github.cramdisk.api.SqueezeSpec;
import io.github.cramdisk.api.WaitingWrites;
import io.github.cramdisk.api.attach.Attachment;
import io.github.cramdisk.api.job.JobInfo;
import io.github.cramdisk.api.job.JobKind;
import io.github.cramdisk.api.job.JobState;
import io.github.cramdisk.api.volume.VolumeInfo;
import io.github.cramdisk.api.volume.VolumeKind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The names that scripts and both ends of the wire rely on. */
class JsonContractTest {
    static final DiskInfo INFO = new DiskInfo(
            "t",
            "nbd+unix:///t?socket=/r/nbd.sock",
            1L << 30,
            4096,
            CodecSpec.zstd(7),
            SqueezeSpec.OFF,
            false,
            1000,
            500,
            600,
            null,
            1.66,
            2,
            null,
            FullPolicy.DEFAULT,
            null,
            null,
            4096,
            new Attachment(
                    "/dev/nbd0", Attachment.State.CONNECTED, "ext4", null, null, "/mnt/t", List.of("nosuid"), false));
    static final DiskInfo FULL_INFO = new DiskInfo(
            "full",
            "nbd+unix:///full?socket=/r/nbd.sock",
            1L << 30,
            4096,
            CodecSpec.LZ4,
            new SqueezeSpec(12),
            false,
            1000,
            500,
            600,
            8L << 20,
            1.66,
            2,
            16L << 20,
            new FullPolicy(ByteSize.ofMebi(16), FullWait.ofSeconds(90)),
            new WaitingWrites(3, 12_288, 1_700_000_000_000L, WaitingWrites.Shortage.RAM_LIMIT),
            "a problem",
            0,
            null);
    static final DiskStats STATS = new DiskStats(
            INFO,
            new DiskStats.BlockCounts(1, 2, 3, 4, 5),
            List.of(new DiskStats.HistogramBucket(512, 7)),
            Map.of("read", new DiskStats.CommandCounts(1, 4096, 0)));
    static final JobInfo JOB =
            new JobInfo(3, JobKind.ATTACH, "t", JobState.RUNNING, "making ext4", 0.4, null, 1_700_000_000_000L, true);
    static final MachineMemory MEMORY = new MachineMemory(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);

    static final VolumeInfo VOLUME = new VolumeInfo(
            VolumeKind.TMPFS, null, "/mnt/t", null, 4096L, 12, false, 12, null, true, "root", List.of("rw"), List.of());

    static List<Object> records() {
        return List.of(
                new ByteSize(4096),
                CodecSpec.LZ4,
                CodecSpec.zstd(19),
                INFO,
                FULL_INFO,
                STATS,
                MEMORY,
                new Snapshot(123, MEMORY, List.of(STATS), List.of(VOLUME), List.of(JOB), 42),
                new EngineStatus(1, "0.1.0", 2.5, 3, "/s", "/a", "/c", "/l", 42),
                DiskSpec.of("t", ByteSize.ofGibi(2)),
                new DiskSpec("t", ByteSize.ofGibi(2), CodecSpec.NONE, ByteSize.ofKibi(64), ByteSize.ofMebi(64), true),
                new DiskUpdate(CodecSpec.zstd(3), ByteSize.ofMebi(64), false, true),
                new DiskUpdate(null, null, true, null),
                new DiskUpdate(null, null, false, null, ByteSize.ofMebi(64), false, FullWait.WITHOUT_END),
                new DiskSpec(
                        "t",
                        ByteSize.ofGibi(2),
                        CodecSpec.LZ4,
                        ByteSize.ofKibi(4),
                        ByteSize.ofMebi(64),
                        false,
                        new FullPolicy(ByteSize.ofMebi(128), FullWait.FAIL)),
                EngineEvent.of(7, 123, EventKind.DISK_GROWN, EngineEvent.Severity.INFO, "t", "t", "1G", "2G"),
                new RpcMethods.DiskChange("t", new DiskUpdate(null, null, true, null)),
                new RpcMethods.DiskForce("t", true),
                new RpcMethods.SnapshotEvent(
                        7, new Snapshot(123, MEMORY, List.of(STATS), List.of(VOLUME), List.of(JOB), 42)),
                new RpcError(1, "m", new RpcError.Data("INTERNAL", List.of("x"))));
    }

    @ParameterizedTest
    @MethodSource("records")
    void everyRecordComesBackAsItWas(Object record) throws Exception {
        assertThat(Json.mapper().readValue(Json.line(record), record.getClass()))
                .isEqualTo(record);
    }

    @Test
    void aDiskHasTheNamesThatScriptsUse() {
        JsonNode disk = Json.tree(INFO);
        assertThat(disk.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder(
                        "name",
                        "uri",
                        "sizeBytes",
                        "blockSizeBytes",
                        "codec",
                        "squeeze",
                        "readOnly",
                        "logicalBytes",
                        "storedBytes",
                        "residentBytes",
                        "ramLimitBytes",
                        "ratio",
                        "clients",
                        "effectiveLimitBytes",
                        "whenFull",
                        "waiting",
                        "problem",
                        "otherCodecBytes",
                        "attachment");
        assertThat(disk.get("codec").textValue()).isEqualTo("zstd:7");
        assertThat(disk.get("ramLimitBytes").isNull()).isTrue();
        assertThat(disk.get("sizeBytes").isIntegralNumber()).isTrue();
    }

    @Test
    void whatWaitsHasTheNamesThatScriptsUse() {
        JsonNode disk = Json.tree(FULL_INFO);
        assertThat(disk.get("whenFull").toString()).isEqualTo("{\"growTo\":16777216,\"fullWait\":\"90s\"}");
        assertThat(disk.get("waiting").toString())
                .isEqualTo("{\"writes\":3,\"bytes\":12288,\"sinceMillis\":1700000000000,\"shortOf\":\"RAM_LIMIT\"}");
    }

    @Test
    void anEventOfANewerEngineKeepsItsSentence() throws Exception {
        EngineEvent event = Json.mapper()
                .readValue(
                        "{\"id\":1,\"timeMillis\":2,\"kind\":\"SOMETHING_NEW\",\"severity\":\"INFO\",\"subject\":null,"
                                + "\"arguments\":[],\"sentence\":\"It is so.\"}",
                        EngineEvent.class);
        assertThat(event.kind()).isEqualTo(EventKind.OTHER);
        assertThat(event.sentence()).isEqualTo("It is so.");
    }

    @Test
    void theStatusHasTheNamesThatScriptsUse() {
        assertThat(Json.tree(new EngineStatus(1, "v", 2.5, 3, "/s", "/a", "/c", "/l", 42))
                        .fieldNames())
                .toIterable()
                .contains("pid", "version", "uptimeSeconds");
    }

    @Test
    void sizesAreNumbersOnTheWire() {
        assertThat(Json.line(DiskSpec.of("t", ByteSize.ofKibi(8))))
                .contains("\"size\":8192")
                .contains("\"codec\":\"lz4\"");
    }

    @Test
    void ignoresPropertiesOfANewerVersion() throws Exception {
        assertThat(Json.fromParams(Json.mapper().readTree("{\"name\":\"t\",\"new\":{}}"), RpcMethods.DiskName.class))
                .isEqualTo(new RpcMethods.DiskName("t"));
    }

    @Test
    void aDiskIsCreatedFromNameAndSizeAlone() throws Exception {
        assertThat(Json.fromParams(Json.mapper().readTree("{\"name\":\"t\",\"size\":8192}"), DiskSpec.class))
                .isEqualTo(DiskSpec.of("t", ByteSize.ofKibi(8)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "null",
                "{\"name\":\"t\"}",
                "{\"size\":8192}",
                "{\"name\":null,\"size\":8192}",
                "{\"name\":\"t\",\"size\":\"8192\"}",
                "{\"name\":\"t\",\"size\":8192.5}",
                "{\"name\":\"t\",\"size\":99999999999999999999}",
                "{\"name\":\"t\",\"size\":{}}",
                "{\"name\":{},\"size\":8192}",
                "{\"name\":\"t\",\"size\":8192,\"codec\":3}",
                "{\"name\":\"t\",\"size\":8192,\"readOnly\":\"yes\"}",
                "{\"name\":\"t\",\"size\":null}",
            })
    void badParametersAreAFaultOfTheRequest(String params) {
        assertThatThrownBy(() -> Json.fromParams(Json.mapper().readTree(params), DiskSpec.class))
                .isInstanceOfSatisfying(
                        RpcFault.class, e -> assertThat(e.toError().code()).isEqualTo(RpcError.INVALID_PARAMS));
    }

    @Test
    void refusedParametersKeepTheirKind() {
        assertThatThrownBy(
                        () -> Json.fromParams(Json.mapper().readTree("{\"name\":\"t\",\"size\":-1}"), DiskSpec.class))
                .isInstanceOfSatisfying(
                        CramdiskException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_SIZE));
        assertThatThrownBy(() -> Json.fromParams(Json.mapper().readTree("{\"name\":\"t\",\"size\":5}"), DiskSpec.class))
                .isInstanceOfSatisfying(
                        CramdiskException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_DISK_SIZE));
        assertThatThrownBy(() -> Json.fromParams(
                        Json.mapper().readTree("{\"name\":\"t\",\"size\":8192,\"codec\":\"rar\"}"), DiskSpec.class))
                .isInstanceOfSatisfying(
                        CramdiskException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_CODEC));
        assertThatThrownBy(() -> Json.fromParams(Json.mapper().readTree("{\"hertz\":11}"), RpcMethods.Rate.class))
                .isInstanceOfSatisfying(
                        CramdiskException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_ARGUMENT));
    }
}
