// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cramdisk.testmachine.Command;
import io.github.cramdisk.testmachine.Requirements;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** fio's own verification over its NBD engine: four jobs, each with its connection and its part of the disk. */
final class FioIT {
    private static final int JOBS = 4;
    private static final int MEBIBYTES_EACH = 64;

    @RegisterExtension
    final EngineFixture engine = new EngineFixture();

    @BeforeAll
    static void requirePrograms() {
        Requirements.programs("fio");
    }

    @ParameterizedTest
    @CsvSource({"lz4,4K,4k", "lz4,8K,4k", "lz4,16K,512-64k", "zstd:3,32K,4k", "zstd:3,64K,4k"})
    void randomReadsAndWritesVerify(String codec, String blockSize, String requestSizes) throws IOException {
        String uri = engine.createDisk("t", JOBS * MEBIBYTES_EACH + "M", "--codec", codec, "--block-size", blockSize);
        List<String> command = List.of(
                "fio",
                "--name=verify",
                "--ioengine=nbd",
                "--uri=" + uri,
                "--rw=randrw",
                "--bsrange=" + (requestSizes.contains("-") ? requestSizes : requestSizes + "-" + requestSizes),
                "--iodepth=16",
                "--numjobs=" + JOBS,
                "--size=" + MEBIBYTES_EACH + "m",
                "--offset_increment=" + MEBIBYTES_EACH + "m",
                "--buffer_compress_percentage=50",
                "--refill_buffers",
                "--verify=crc32c",
                "--verify_fatal=1",
                "--verify_dump=0",
                "--group_reporting");

        // fio leaves state files in its working directory.
        Command.Result result = Command.runIn(engine.scratch("fio"), command);

        result.succeeded();
        assertThat(result.out()).contains("err= 0");
    }
}
