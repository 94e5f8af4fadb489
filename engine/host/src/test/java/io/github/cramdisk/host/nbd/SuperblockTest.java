// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.nbd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SuperblockTest {
    private static final String UUID = "0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9";

    @TempDir
    private Path directory;

    /** What the real program writes. */
    private Superblock made(String program, String... arguments) throws IOException, InterruptedException {
        Path tool = Path.of("/usr/sbin", program);
        Assumptions.assumeTrue(Files.isExecutable(tool), program + " is not installed");
        Path image = directory.resolve("image");
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength(320L << 20);
        }
        String[] command = new String[arguments.length + 2];
        command[0] = tool.toString();
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        command[command.length - 1] = image.toString();
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return Superblock.ofDevice(image.toString()).orElseThrow();
    }

    @Test
    void knowsExt4() throws Exception {
        assertThat(made("mkfs.ext4", "-q", "-F", "-L", "a label", "-U", UUID))
                .isEqualTo(new Superblock("ext4", "a label", UUID));
    }

    @Test
    void knowsXfs() throws Exception {
        assertThat(made("mkfs.xfs", "-q", "-L", "twelve-bytes", "-m", "uuid=" + UUID))
                .isEqualTo(new Superblock("xfs", "twelve-bytes", UUID));
    }

    @Test
    void knowsBtrfs() throws Exception {
        assertThat(made("mkfs.btrfs", "-q", "-U", UUID)).isEqualTo(new Superblock("btrfs", null, UUID));
    }

    @Test
    void knowsSwap() throws Exception {
        assertThat(made("mkswap", "-L", "paging", "-U", UUID)).isEqualTo(new Superblock("swap", "paging", UUID));
    }

    @Test
    void anEmptyDeviceHoldsNothing() {
        assertThat(Superblock.of(new byte[Superblock.BYTES])).isEmpty();
    }
}
