// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.syscall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileCallsTest {
    @TempDir
    Path given = Path.of("");

    @Test
    void saysWhatAFileIsAsTheJdkDoes() throws IOException {
        Path file = Files.write(given.resolve("file"), new byte[100_000]);
        FileStatus status = FileCalls.statusOf(file.toString());

        Map<String, Object> expected = Files.readAttributes(file, "unix:uid,gid,mode,ino", LinkOption.NOFOLLOW_LINKS);
        assertThat(status.uid()).isEqualTo(expected.get("uid"));
        assertThat(status.gid()).isEqualTo(expected.get("gid"));
        assertThat(status.mode()).isEqualTo(expected.get("mode"));
        assertThat(status.inode()).isEqualTo(expected.get("ino"));
        assertThat(status.allocatedBytes()).isGreaterThanOrEqualTo(100_000);
        assertThat(status.isDirectory()).isFalse();
        assertThat(FileCalls.statusOf("/dev/null").represents()).isEqualTo(new DeviceNumber(1, 3));
        assertThat(FileCalls.statusOf("/proc").mountRoot()).isTrue();
        assertThat(FileCalls.statusOf("/proc/sys").mountRoot()).isFalse();
    }

    @Test
    void knowsTheSpaceOfAFilesystemAsTheJdkDoes() throws IOException {
        FilesystemSpace space = FileCalls.space("/dev/shm");

        assertThat(space.sizeBytes())
                .isEqualTo(Files.getFileStore(Path.of("/dev/shm")).getTotalSpace());
        assertThat(space.usedBytes()).isBetween(0L, space.sizeBytes());
    }

    @Test
    void walksWhereThereIsNoOpenat2AndFollowsNoLinkEither() throws IOException {
        Path real = given.toRealPath();
        Path deep = Files.createDirectories(real.resolve("a/b"));
        Files.createSymbolicLink(real.resolve("link"), real.resolve("a"));

        try (Descriptor found = FileCalls.walk(AbsolutePath.parts(deep.toString()))) {
            assertThat(FileCalls.status(found).inode())
                    .isEqualTo(FileCalls.statusOf(deep.toString()).inode());
        }
        for (String path : new String[] {real + "/link", real + "/link/b"}) {
            assertThatExceptionOfType(KernelException.class)
                    .isThrownBy(() -> FileCalls.walk(AbsolutePath.parts(path)))
                    .matches(e -> e.errno() == Errno.ENOTDIR || e.errno() == Errno.ELOOP);
        }
    }

    @Test
    void opensAPathWhateverTheLocale() throws IOException {
        String name = "grün €\n";
        try (Descriptor parent = FileCalls.openDirectory(given.toRealPath().toString())) {
            FileCalls.makeDirectory(parent, name, 0700);
            FileCalls.openDirectoryIn(parent, name).close();
            FileCalls.removeDirectory(parent, name);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a/b", "/"})
    void takesOnlyNamesAsNames(String name) throws IOException {
        try (Descriptor parent = FileCalls.openDirectory(given.toRealPath().toString())) {
            assertThatIllegalArgumentException().isThrownBy(() -> FileCalls.makeDirectory(parent, name, 0700));
        }
    }

    @Test
    void keepsTheNumberAndTheWordsOfAnError() {
        assertThatExceptionOfType(KernelException.class)
                .isThrownBy(() -> FileCalls.openDirectory("/nonexistent"))
                .matches(e -> e.errno() == Errno.ENOENT)
                .withMessage("openat2: No such file or directory");
    }

    @Test
    void closesOnce() throws IOException {
        Descriptor descriptor = FileCalls.openDirectory("/proc");
        descriptor.close();
        descriptor.close();

        assertThatIllegalStateException().isThrownBy(descriptor::number);
    }

    @Test
    void comparesPathsByTheirParts() {
        assertThat(AbsolutePath.isWithin("/a/b", "/a")).isTrue();
        assertThat(AbsolutePath.isWithin("/a", "/a")).isTrue();
        assertThat(AbsolutePath.isWithin("/ab", "/a")).isFalse();
        assertThat(AbsolutePath.isWithin("/ab", "/")).isTrue();
        assertThat(AbsolutePath.normalised("//a///b/")).isEqualTo("/a/b");
    }
}
