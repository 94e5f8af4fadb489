// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cramdisk.testmachine.Command;
import io.github.cramdisk.testmachine.Requirements;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Images of real files through nbdcopy, in and out over several connections. */
final class CopyIT {
    /** What a disk of real files may cost with lz4, all counted, of what was put in. */
    private static final double LZ4_SHARE = 0.70;

    @RegisterExtension
    final EngineFixture engine = new EngineFixture();

    @BeforeAll
    static void requirePrograms() {
        Requirements.programs("nbdcopy", "cmp", "tar", "du");
    }

    @ParameterizedTest
    @CsvSource({
        "lz4,4K",
        "lz4,8K",
        "lz4,16K",
        "lz4,32K",
        "lz4,64K",
        "zstd:3,4K",
        "zstd:3,8K",
        "zstd:3,32K",
        "zstd:3,64K",
        "none,16K"
    })
    void comesOutAsItWentIn(String codec, String blockSize) throws IOException {
        copyInAndOut(256, codec, blockSize);
    }

    @Tag("long")
    @ParameterizedTest
    @CsvSource({"lz4,4K", "lz4,64K", "zstd:3,4K", "zstd:3,64K"})
    void gibibyteComesOutAsItWentInAndCostsLess(String codec, String blockSize) throws IOException {
        copyInAndOut(1024, codec, blockSize);

        long arena = engine.arenaFileBytes();
        long process = engine.engineMemoryBytes();
        double share = (arena + process) / (double) (1L << 30);
        System.out.printf(
                "%s %s: 1 GiB costs arena and index %d MiB, engine %d MiB, together %.1f %%%n",
                codec, blockSize, arena >> 20, process >> 20, 100 * share);
        assertThat(share).isLessThan(LZ4_SHARE);
    }

    private void copyInAndOut(int mebibytes, String codec, String blockSize) throws IOException {
        Path image = Corpus.image(mebibytes);
        Path copy = engine.scratch("copy").resolve("copy.img");
        String uri = engine.createDisk("t", mebibytes + "M", "--codec", codec, "--block-size", blockSize);

        Command.run("nbdcopy", "--connections=4", "--flush", image.toString(), uri)
                .succeeded();
        Command.run("nbdcopy", "--connections=4", uri, copy.toString()).succeeded();

        Command.run("cmp", image.toString(), copy.toString()).succeeded();
        Files.delete(copy);
        assertThat(engine.number("t", "logicalBytes")).isGreaterThan(0);
        // What the engine says about itself is what the kernel has allocated, give or take the headers.
        assertThat(engine.number("t", "residentBytes"))
                .isBetween(engine.arenaFileBytes() * 95 / 100, engine.arenaFileBytes() + (1 << 20));
    }
}
