// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compared with what patch(1) makes of it. */
class UnifiedDiffTest {
    @TempDir
    private Path directory;

    @Test
    void sameTextsDifferInNothing() {
        assertThat(UnifiedDiff.of("/etc/fstab", "a\nb\n", "a\nb\n")).isEmpty();
    }

    @Test
    void showsANewFileAndOneThatGoes() {
        assertThat(UnifiedDiff.of("/x", null, "a\n")).isEqualTo("--- /dev/null\n+++ /x\n@@ -0,0 +1 @@\n+a\n");
        assertThat(UnifiedDiff.of("/x", "a\n", null)).isEqualTo("--- /x\n+++ /dev/null\n@@ -1 +0,0 @@\n-a\n");
    }

    @Test
    void saysWhereTheLastLineHasNoEnd() {
        assertThat(UnifiedDiff.of("/x", "a", "a\n")).contains("-a\n\\ No newline at end of file\n+a\n");
    }

    @Test
    void patchMakesTheNewTextOfTheOldOne() throws IOException, InterruptedException {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 20; round++) {
            String before = text(random);
            String after = change(before, random);
            Path file = directory.resolve("file");
            Path diff = directory.resolve("diff");
            Files.writeString(file, before);
            Files.writeString(diff, UnifiedDiff.of("file", before, after));
            if (!before.equals(after)) {
                Process patch = new ProcessBuilder("patch", "-s", file.toString(), diff.toString())
                        .redirectErrorStream(true)
                        .start();
                String said = new String(patch.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                assertThat(patch.waitFor()).as(said + Files.readString(diff)).isZero();
                assertThat(file).hasContent(after);
            }
        }
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(40) + 1; i > 0; i--) {
            text.append("line ").append(random.nextInt(8)).append('\n');
        }
        return text.toString();
    }

    private static String change(String text, Random random) {
        StringBuilder changed = new StringBuilder();
        text.lines().forEach(line -> {
            int what = random.nextInt(10);
            if (what != 0) {
                changed.append(line).append('\n');
            }
            if (what == 1) {
                changed.append("new ").append(random.nextInt(8)).append('\n');
            }
        });
        return changed.isEmpty() ? "rest\n" : changed.toString();
    }
}
