// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuntimeFilesTest {
    @TempDir
    private Path root;

    private long uid;

    @BeforeEach
    void findUid() throws IOException {
        uid = Integer.toUnsignedLong((Integer) Files.getAttribute(root, "unix:uid"));
        Files.createDirectories(root.resolve("tmp"));
    }

    private RuntimeFiles files(Map<String, String> environment) {
        return new RuntimeFiles(environment, uid, root);
    }

    @Test
    void withoutVariablesUsesTheHomeOfTheUserAndSharedMemory() {
        RuntimeFiles files = files(Map.of("HOME", "/home/u"));
        assertThat(files.runtimeDirectory()).isEqualTo(root.resolve("tmp/cramdisk-" + uid));
        assertThat(files.arenaDirectory()).isEqualTo(root.resolve("dev/shm/cramdisk-" + uid));
        assertThat(files.configDirectory()).isEqualTo(Path.of("/home/u/.config/cramdisk"));
        assertThat(files.dataDirectory()).isEqualTo(Path.of("/home/u/.local/state/cramdisk"));
    }

    @Test
    void followsTheXdgVariables() throws IOException {
        Path session = Files.createDirectory(root.resolve("session"));
        RuntimeFiles files = files(Map.of(
                "HOME", "/home/u",
                "XDG_RUNTIME_DIR", session.toString(),
                "XDG_CONFIG_HOME", "/c",
                "XDG_STATE_HOME", "/s"));
        assertThat(files.engineSocket()).isEqualTo(session.resolve("cramdisk/engine.sock"));
        assertThat(files.configDirectory()).isEqualTo(Path.of("/c/cramdisk"));
        assertThat(files.engineLog()).isEqualTo(Path.of("/s/cramdisk/engine.log"));
    }

    @Test
    void ownVariablesComeBeforeAllOthers() {
        RuntimeFiles files = files(Map.of(
                "XDG_RUNTIME_DIR", root.toString(),
                "XDG_CONFIG_HOME", "/c",
                "CRAMDISK_RUNTIME_DIR", "/r",
                "CRAMDISK_ARENA_DIR", "/a",
                "CRAMDISK_CONFIG_DIR", "/k",
                "CRAMDISK_DATA_DIR", "relative"));
        assertThat(files.nbdSocket()).isEqualTo(Path.of("/r/nbd.sock"));
        assertThat(files.engineLock()).isEqualTo(Path.of("/r/engine.lock"));
        assertThat(files.arenaDirectory()).isEqualTo(Path.of("/a"));
        assertThat(files.configDirectory()).isEqualTo(Path.of("/k"));
        assertThat(files.dataDirectory()).isEqualTo(Path.of("relative").toAbsolutePath());
        assertThat(files.overrides())
                .containsEntry("CRAMDISK_ARENA_DIR", "/a")
                .containsEntry("CRAMDISK_DATA_DIR", files.dataDirectory().toString())
                .hasSize(4);
    }

    @Test
    void ignoresEmptyAndRelativeXdgVariables() {
        RuntimeFiles files = files(
                Map.of("HOME", "/home/u", "XDG_CONFIG_HOME", "", "XDG_STATE_HOME", "state", "CRAMDISK_ARENA_DIR", ""));
        assertThat(files.configDirectory()).isEqualTo(Path.of("/home/u/.config/cramdisk"));
        assertThat(files.dataDirectory()).isEqualTo(Path.of("/home/u/.local/state/cramdisk"));
        assertThat(files.arenaDirectory()).isEqualTo(root.resolve("dev/shm/cramdisk-" + uid));
    }

    @Test
    void ignoresTheSessionDirectoryOfAnotherUserAsSudoLeavesIt() throws IOException {
        Path session = Files.createDirectory(root.resolve("session"));
        RuntimeFiles files = new RuntimeFiles(Map.of("XDG_RUNTIME_DIR", session.toString()), uid + 1, root);
        assertThat(files.runtimeDirectory()).isEqualTo(root.resolve("tmp/cramdisk-" + (uid + 1)));
    }

    @Test
    void ignoresASessionDirectoryThatIsNotThere() {
        RuntimeFiles files =
                files(Map.of("XDG_RUNTIME_DIR", root.resolve("gone").toString()));
        assertThat(files.runtimeDirectory()).isEqualTo(root.resolve("tmp/cramdisk-" + uid));
    }

    @Test
    void usesTheArenaThatTheHelperMounted() throws IOException {
        Path arena = Files.createDirectories(root.resolve("run/cramdisk/arena-" + uid));
        Files.setPosixFilePermissions(arena, PosixFilePermissions.fromString("rwx------"));
        assertThat(files(Map.of()).arenaDirectory()).isEqualTo(arena);
        assertThat(files(Map.of()).isArenaInSharedMemory()).isFalse();
    }

    @Test
    void leavesTheMountPointOfAnArenaThatWasUnmountedAlone() throws IOException {
        Path arena = Files.createDirectories(root.resolve("run/cramdisk/arena-" + uid));
        Files.setPosixFilePermissions(arena, PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThat(files(Map.of()).isArenaInSharedMemory()).isTrue();
    }

    @Test
    void createsARuntimeDirectoryThatOnlyItsOwnerCanEnter() throws IOException {
        RuntimeFiles files = files(Map.of());
        assertThat(files.verifyRuntimeDirectory()).isFalse();
        Path directory = files.prepareRuntimeDirectory();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
                .isEqualTo("rwx------");
        assertThat(files.verifyRuntimeDirectory()).isTrue();
        assertThat(files.prepareRuntimeDirectory()).isEqualTo(directory);
    }

    @Test
    void refusesALinkUnderTmp() throws IOException {
        RuntimeFiles files = files(Map.of());
        Path target = Files.createDirectory(
                root.resolve("target"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.createSymbolicLink(files.runtimeDirectory(), target);
        assertRefused(ErrorKind.RUNTIME_DIR_UNUSABLE, files::prepareRuntimeDirectory);
    }

    @Test
    void refusesAFileUnderTmp() throws IOException {
        RuntimeFiles files = files(Map.of());
        Files.createFile(files.runtimeDirectory());
        assertRefused(ErrorKind.RUNTIME_DIR_UNUSABLE, files::prepareRuntimeDirectory);
    }

    @Test
    void refusesADirectoryUnderTmpThatOthersCanEnter() throws IOException {
        RuntimeFiles files = files(Map.of());
        Files.createDirectory(files.runtimeDirectory());
        Files.setPosixFilePermissions(files.runtimeDirectory(), PosixFilePermissions.fromString("rwxr-x---"));
        assertRefused(ErrorKind.RUNTIME_DIR_UNUSABLE, files::verifyRuntimeDirectory);
    }

    @Test
    void refusesADirectoryOfAnotherUser() throws IOException {
        RuntimeFiles files = new RuntimeFiles(Map.of(), uid + 1, root);
        Files.createDirectory(
                files.runtimeDirectory(),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        assertRefused(ErrorKind.RUNTIME_DIR_UNUSABLE, files::prepareRuntimeDirectory);
    }

    @Test
    void refusesAChosenDirectoryThatOthersMayWriteTo() throws IOException {
        Path chosen = Files.createDirectory(root.resolve("chosen"));
        RuntimeFiles files = files(Map.of("CRAMDISK_RUNTIME_DIR", chosen.toString()));
        Files.setPosixFilePermissions(chosen, PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThat(files.verifyRuntimeDirectory()).isTrue();
        Files.setPosixFilePermissions(chosen, PosixFilePermissions.fromString("rwxrwxr-x"));
        assertRefused(ErrorKind.RUNTIME_DIR_UNUSABLE, files::verifyRuntimeDirectory);
    }

    @Test
    void aPathOfExactly107BytesIsASocketAndOneMoreIsNot() {
        String longest = "/" + "r".repeat(RuntimeFiles.MAX_SOCKET_PATH_BYTES - 1 - "/nbd.sock".length());
        assertThat(files(Map.of("CRAMDISK_RUNTIME_DIR", longest)).nbdSocket().toString())
                .hasSize(RuntimeFiles.MAX_SOCKET_PATH_BYTES);
        RuntimeFiles tooLong = files(Map.of("CRAMDISK_RUNTIME_DIR", longest + "r"));
        assertRefused(ErrorKind.PATH_TOO_LONG, tooLong::nbdSocket);
        assertRefused(ErrorKind.PATH_TOO_LONG, tooLong::engineSocket);
    }

    @Test
    void countsBytesNotCharactersOfASocketPath() {
        RuntimeFiles files = files(Map.of("CRAMDISK_RUNTIME_DIR", "/" + "ä".repeat(60)));
        assertRefused(ErrorKind.PATH_TOO_LONG, files::nbdSocket);
    }

    @Test
    void diskUriEncodesWhatAUriCannotHold() {
        assertThat(files(Map.of("CRAMDISK_RUNTIME_DIR", "/run/user/1000/cramdisk"))
                        .diskUri("scratch-1.img"))
                .isEqualTo("nbd+unix:///scratch-1.img?socket=/run/user/1000/cramdisk/nbd.sock");
        assertThat(files(Map.of("CRAMDISK_RUNTIME_DIR", "/a b/ä+&%")).diskUri("t"))
                .isEqualTo("nbd+unix:///t?socket=/a%20b/%C3%A4%2B%26%25/nbd.sock");
    }

    private static void assertRefused(ErrorKind kind, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        CramdiskException.class, e -> assertThat(e.kind()).isEqualTo(kind));
    }
}
