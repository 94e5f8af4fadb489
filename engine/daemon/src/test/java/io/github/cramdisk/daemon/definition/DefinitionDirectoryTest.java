// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.DiskSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DefinitionDirectoryTest {
    private static final DiskSpec SMALL = DiskSpec.of("a", ByteSize.ofMebi(64));
    private static final DiskSpec LARGE = DiskSpec.of("a", ByteSize.ofGibi(64));

    @TempDir
    Path config;

    private Path disks;
    private DefinitionDirectory directory;

    @BeforeEach
    void open() throws IOException {
        directory = DefinitionDirectory.open(config);
        disks = config.resolve("disks");
    }

    @Test
    void keepsWhatIsSavedForItsOwnerOnly() throws IOException {
        directory.save(SMALL);
        directory.save(DiskSpec.of("b", ByteSize.ofGibi(1)));

        assertThat(DefinitionDirectory.open(config).load().disks().values())
                .containsExactly(SMALL, DiskSpec.of("b", ByteSize.ofGibi(1)));
        assertThat(mode(disks)).isEqualTo("rwx------");
        assertThat(mode(directory.file("a"))).isEqualTo("rw-------");
        assertThat(files()).containsExactly("a.toml", "b.toml");
    }

    @Test
    void deletesADefinitionAndDoesNotMindItsAbsence() throws IOException {
        directory.save(SMALL);
        directory.delete("a");
        directory.delete("a");

        assertThat(directory.load().disks()).isEmpty();
    }

    @Test
    void reportsABrokenFileLoadsTheOthersAndLeavesItAlone() throws IOException {
        directory.save(DiskSpec.of("good", ByteSize.ofGibi(1)));
        Files.writeString(disks.resolve("bad.toml"), "size = ");
        Files.write(disks.resolve("binary.toml"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        Files.writeString(disks.resolve("no name.toml"), "size = \"1G\"");
        Files.createDirectory(disks.resolve("folder.toml"));
        Files.writeString(disks.resolve("README"), "not mine");

        DefinitionDirectory.Contents contents = directory.load();

        assertThat(contents.disks()).containsOnlyKeys("good");
        assertThat(contents.broken()).containsOnlyKeys("bad", "binary", "no name", "folder");
        assertThat(Files.readString(disks.resolve("bad.toml"))).isEqualTo("size = ");
        assertThat(disks.resolve("README")).exists();
    }

    @Test
    void refusesAFileThatIsFarTooLarge() throws IOException {
        Files.writeString(disks.resolve("huge.toml"), "#".repeat(100_000) + "\nsize = \"1G\"");

        assertThat(directory.load().broken()).containsOnlyKeys("huge");
    }

    @Test
    void keepsTheOldDefinitionWhenTheNewOneCannotBeWritten() throws IOException {
        directory.save(SMALL);
        // A folder in the place of the temporary file stands for a full file system; it works for root too.
        Path obstacle = Files.createDirectories(disks.resolve(".new-a").resolve("x"));

        assertThatThrownBy(() -> directory.save(LARGE)).isInstanceOf(IOException.class);

        Files.delete(obstacle);
        assertThat(directory.load().disks()).containsEntry("a", SMALL);
    }

    @Test
    void removesTheTemporaryFileOfAKilledEngine() throws IOException {
        Files.writeString(disks.resolve(".new-a"), "size = \"6");

        assertThat(directory.load().broken()).isEmpty();
        assertThat(files()).isEmpty();
    }

    /** Whoever reads while it is written sees the old or the new text, never a part. */
    @Test
    void replacesAFileAsAWhole() throws IOException, InterruptedException {
        directory.save(SMALL);
        AtomicBoolean done = new AtomicBoolean();
        Thread writer = new Thread(() -> {
            try {
                for (int i = 0; i < 200; i++) {
                    directory.save(i % 2 == 0 ? LARGE : SMALL);
                }
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            } finally {
                done.set(true);
            }
        });
        writer.start();
        String small = DefinitionFormat.render(SMALL);
        String large = DefinitionFormat.render(LARGE);
        while (!done.get()) {
            assertThat(Files.readString(directory.file("a"))).isIn(small, large);
        }
        writer.join();
        assertThat(files()).containsExactly("a.toml");
    }

    private List<String> files() throws IOException {
        try (Stream<Path> list = Files.list(disks)) {
            return list.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
