// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cramdisk.testmachine.Command;
import io.github.cramdisk.testmachine.Requirements;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A filesystem of the kernel on a disk, through nbdfuse and a loop device. */
final class FilesystemIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** The promise: so much of what was freed is back within so long. */
    private static final double GIVEN_BACK = 0.90;

    private static final Duration GIVEN_BACK_WITHIN = Duration.ofSeconds(5);

    @RegisterExtension
    final EngineFixture engine = new EngineFixture();

    /** What must be undone, last first, whatever happens. */
    private final Deque<String[]> undo = new ArrayDeque<>();

    @BeforeAll
    static void requireMachine() {
        Requirements.root();
        Requirements.loopDevices();
        Requirements.programs("nbdfuse", "losetup", "mkfs.ext4", "fsck.ext4", "fstrim", "mount", "umount", "diff");
    }

    @Test
    void holdsExt4AndGivesMemoryBackAfterDeleteAndTrim() throws IOException {
        String uri = engine.createDisk("t", "512M");
        Path fuse = engine.scratch("fuse");
        Path files = engine.scratch("files");
        Process nbdfuse = new ProcessBuilder("nbdfuse", fuse.toString(), uri)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            Path image = fuse.resolve("nbd");
            await().atMost(PATIENCE).until(() -> Files.exists(image));
            undo.push(new String[] {"umount", fuse.toString()});

            String device = Command.run("losetup", "--find", "--show", image.toString())
                    .succeeded()
                    .out()
                    .strip();
            undo.push(new String[] {"losetup", "--detach", device});
            Command.run("mkfs.ext4", "-q", device).succeeded();
            mount(device, files);
            Command.run("cp", "-a", "/usr/include", "/usr/share/doc", files.toString())
                    .succeeded();
            unmount();

            Command.run("fsck.ext4", "-f", "-n", device).succeeded();
            mount(device, files);
            Command.run("diff", "-r", "--no-dereference", "/usr/include", files + "/include")
                    .succeeded();

            long storedBefore = engine.number("t", "storedBytes");
            long residentBefore = engine.number("t", "residentBytes");
            Command.run("rm", "-rf", files + "/include", files + "/doc").succeeded();
            Command.run("sync", "--file-system", files.toString()).succeeded();
            Command.run("fstrim", files.toString()).succeeded();
            long trimmedAt = System.nanoTime();

            long freed = storedBefore - engine.number("t", "storedBytes");
            assertThat(freed).as("bytes freed by deleting a file tree").isGreaterThan(4L << 20);
            long expected = residentBefore - (long) (GIVEN_BACK * freed);
            await().atMost(GIVEN_BACK_WITHIN.multipliedBy(2))
                    .until(() -> engine.number("t", "residentBytes") <= expected);
            System.out.printf(
                    "delete and fstrim: %d KiB freed, resident fell by %d KiB within %d ms%n",
                    freed >> 10,
                    (residentBefore - engine.number("t", "residentBytes")) >> 10,
                    (System.nanoTime() - trimmedAt) / 1_000_000);

            unmount();
            Command.run("fsck.ext4", "-f", "-n", device).succeeded();
        } finally {
            while (!undo.isEmpty()) {
                Command.run(undo.pop()).succeeded();
            }
            await().atMost(PATIENCE).until(() -> !nbdfuse.isAlive());
        }
    }

    private void mount(String device, Path directory) {
        Command.run("mount", device, directory.toString()).succeeded();
        undo.push(new String[] {"umount", directory.toString()});
    }

    private void unmount() {
        String[] command = undo.pop();
        assertThat(List.of(command)).startsWith("umount");
        Command.run(command).succeeded();
    }
}
