// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cramdisk.store.StoreException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ArenaDirectoryTest {
    private final TestStores stores = new TestStores();
    private final Path path = stores.directory().resolve("arena");

    @AfterEach
    void removeFiles() throws IOException {
        if (Files.isDirectory(path)) {
            Files.deleteIfExists(path.resolve(".engine.lock"));
        }
        stores.close();
    }

    @Test
    void isMadeForItsOwnerOnly() throws IOException {
        try (ArenaDirectory directory = ArenaDirectory.open(path)) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.path())))
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void belongsToOneEngineAtATime() throws IOException {
        try (ArenaDirectory first = ArenaDirectory.open(path)) {
            assertThat(first.path()).isEqualTo(path);
            assertReason(Reason.BUSY);
        }
        ArenaDirectory.open(path).close();
    }

    @Test
    void refusesALink() throws IOException {
        Path target = Files.createDirectory(stores.directory().resolve("target"));
        Files.createSymbolicLink(path, target);
        assertReason(Reason.UNSAFE_DIRECTORY);
        assertThat(target).isEmptyDirectory();
    }

    @Test
    void refusesADirectoryThatOthersMayEnter() throws IOException {
        Files.createDirectory(path);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-x---"));
        assertReason(Reason.UNSAFE_DIRECTORY);
        assertThat(path).isEmptyDirectory();
    }

    @Test
    void refusesADiskFileSystem(@TempDir Path onDisk) throws IOException {
        org.junit.jupiter.api.Assumptions.assumeFalse(
                Files.getFileStore(onDisk).type().equals("tmpfs"), "the temporary directory is on tmpfs here");
        assertThatThrownBy(() -> ArenaDirectory.open(onDisk.resolve("arena")))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.UNSAFE_DIRECTORY));
    }

    private void assertReason(Reason reason) {
        assertThatThrownBy(() -> ArenaDirectory.open(path).close())
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }
}
