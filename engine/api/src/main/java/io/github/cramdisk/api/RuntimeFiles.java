// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where everything of one user's Cramdisk lives, decided from the environment alone, so that engine, window and command
 * line agree and tests stay away from the real files. Immutable.
 *
 * <table>
 * <caption>Directories, the first rule that applies</caption>
 * <tr><td>runtime</td><td>{@code CRAMDISK_RUNTIME_DIR}; {@code $XDG_RUNTIME_DIR/cramdisk} if that variable names a
 *     directory of this user; {@code /tmp/cramdisk-UID}</td></tr>
 * <tr><td>arena</td><td>{@code CRAMDISK_ARENA_DIR}; {@code /run/cramdisk/arena-UID} where it exists;
 *     {@code /dev/shm/cramdisk-UID}</td></tr>
 * <tr><td>config</td><td>{@code CRAMDISK_CONFIG_DIR}; {@code $XDG_CONFIG_HOME/cramdisk};
 *     {@code ~/.config/cramdisk}</td></tr>
 * <tr><td>data (logs)</td><td>{@code CRAMDISK_DATA_DIR}; {@code $XDG_STATE_HOME/cramdisk};
 *     {@code ~/.local/state/cramdisk}</td></tr>
 * </table>
 *
 * <p>Relative values of {@code XDG_} variables are ignored, as the XDG Base Directory Specification asks; relative
 * values of {@code CRAMDISK_} variables are taken from the working directory. An empty variable is an unset one.
 */
public final class RuntimeFiles {
    public static final String RUNTIME_DIR_VARIABLE = "CRAMDISK_RUNTIME_DIR";
    public static final String ARENA_DIR_VARIABLE = "CRAMDISK_ARENA_DIR";
    public static final String CONFIG_DIR_VARIABLE = "CRAMDISK_CONFIG_DIR";
    public static final String DATA_DIR_VARIABLE = "CRAMDISK_DATA_DIR";

    /** Longest path of a Unix socket: {@code sun_path} has 108 bytes with its final zero; see unix(7). */
    public static final int MAX_SOCKET_PATH_BYTES = 107;

    private static final Set<PosixFilePermission> OWNER_ONLY = EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);
    private static final Set<PosixFilePermission> WRITABLE_BY_OTHERS =
            EnumSet.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

    private final Map<String, String> environment;
    private final long uid;
    private final Path root;
    private final Path runtimeDirectory;
    private final boolean runtimeDirectoryIsShared;
    private final Path arenaDirectory;
    private final Path configDirectory;
    private final Path dataDirectory;

    /**
     * @param environment as {@link System#getenv()} gives it
     * @param uid numeric id of the user
     */
    public RuntimeFiles(Map<String, String> environment, long uid) {
        this(environment, uid, Path.of("/"));
    }

    /** @param root what stands for {@code /} in the paths that no variable names */
    RuntimeFiles(Map<String, String> environment, long uid, Path root) {
        this.environment = Map.copyOf(environment);
        this.uid = uid;
        this.root = root;
        Path chosen = override(RUNTIME_DIR_VARIABLE);
        Path session = sessionDirectory();
        this.runtimeDirectoryIsShared = chosen == null && session == null;
        this.runtimeDirectory = chosen != null
                ? chosen
                : session != null ? session.resolve("cramdisk") : root.resolve("tmp/cramdisk-" + uid);
        this.arenaDirectory = arena();
        this.configDirectory = userDirectory(CONFIG_DIR_VARIABLE, "XDG_CONFIG_HOME", ".config");
        this.dataDirectory = userDirectory(DATA_DIR_VARIABLE, "XDG_STATE_HOME", ".local/state");
    }

    /** The files of the user who runs this process, by its environment. */
    public static RuntimeFiles ofThisProcess() {
        return new RuntimeFiles(System.getenv(), currentUid());
    }

    /** Holds the sockets and the lock. May not exist yet; see {@link #prepareRuntimeDirectory}. */
    public Path runtimeDirectory() {
        return runtimeDirectory;
    }

    /** Holds the memory of the disks: on tmpfs, unless a variable says otherwise. May not exist yet. */
    public Path arenaDirectory() {
        return arenaDirectory;
    }

    /** The same with another arena directory. */
    public RuntimeFiles withArenaDirectory(Path directory) {
        Map<String, String> changed = new HashMap<>(environment);
        changed.put(ARENA_DIR_VARIABLE, directory.toString());
        return new RuntimeFiles(changed, uid, root);
    }

    /** Whether the arena directory is only the one that is always there, in /dev/shm: nobody chose or made another. */
    public boolean isArenaInSharedMemory() {
        return arenaDirectory.equals(sharedMemoryArena());
    }

    /** Holds settings and definitions of disks. May not exist yet. */
    public Path configDirectory() {
        return configDirectory;
    }

    /** Holds logs. May not exist yet. */
    public Path dataDirectory() {
        return dataDirectory;
    }

    /**
     * Where the engine answers front ends.
     *
     * @throws CramdiskException {@link ErrorKind#PATH_TOO_LONG}
     */
    public Path engineSocket() {
        return socket("engine.sock");
    }

    /**
     * Where the engine serves NBD.
     *
     * @throws CramdiskException {@link ErrorKind#PATH_TOO_LONG}
     */
    public Path nbdSocket() {
        return socket("nbd.sock");
    }

    /**
     * Where the window takes the arguments of later starts.
     *
     * @throws CramdiskException {@link ErrorKind#PATH_TOO_LONG}
     */
    public Path windowSocket() {
        return socket("window.sock");
    }

    /** Locked by the open window; decides who listens at {@link #windowSocket} when two start at once. */
    public Path windowLock() {
        return runtimeDirectory.resolve("window.lock");
    }

    /** Locked by the running engine; decides who serves when two start at once. */
    public Path engineLock() {
        return runtimeDirectory.resolve("engine.lock");
    }

    /** The log of the engine. */
    public Path engineLog() {
        return dataDirectory.resolve("engine.log");
    }

    /** What the engine printed before its log was open, or when the JVM itself gave up; of the last starts. */
    public Path engineOutput() {
        return dataDirectory.resolve("engine-output.log");
    }

    /**
     * The complete NBD URI of a disk, as libnbd and qemu read it: {@code nbd+unix:///NAME?socket=PATH}.
     *
     * @throws CramdiskException {@link ErrorKind#PATH_TOO_LONG}
     */
    public String diskUri(String diskName) {
        return "nbd+unix:///" + percentEncode(diskName, "") + "?socket="
                + percentEncode(nbdSocket().toString(), "/");
    }

    /**
     * Creates the runtime directory (mode 0700) if it is missing and verifies it: a directory of this user that nobody
     * else may write to. The one under {@code /tmp}, where anybody may create names, must also be no link and have
     * exactly mode 0700.
     *
     * @throws CramdiskException {@link ErrorKind#RUNTIME_DIR_UNUSABLE}
     */
    public Path prepareRuntimeDirectory() {
        try {
            if (!Files.exists(runtimeDirectory, LinkOption.NOFOLLOW_LINKS)) {
                Files.createDirectories(runtimeDirectory, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
            }
        } catch (IOException e) {
            throw new CramdiskException(
                    ErrorKind.RUNTIME_DIR_UNUSABLE, e, runtimeDirectory, "it cannot be created (" + e + ")");
        }
        verifyRuntimeDirectory();
        return runtimeDirectory;
    }

    /**
     * Verifies the runtime directory as {@link #prepareRuntimeDirectory} does, but creates nothing.
     *
     * @return false where there is none
     * @throws CramdiskException {@link ErrorKind#RUNTIME_DIR_UNUSABLE}
     */
    public boolean verifyRuntimeDirectory() {
        LinkOption[] options =
                runtimeDirectoryIsShared ? new LinkOption[] {LinkOption.NOFOLLOW_LINKS} : new LinkOption[0];
        String refusal;
        try {
            Map<String, Object> attributes =
                    Files.readAttributes(runtimeDirectory, "unix:uid,isDirectory,permissions", options);
            refusal = refusalOf(attributes);
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            throw new CramdiskException(ErrorKind.RUNTIME_DIR_UNUSABLE, e, runtimeDirectory, e.toString());
        }
        if (refusal != null) {
            throw new CramdiskException(ErrorKind.RUNTIME_DIR_UNUSABLE, runtimeDirectory, refusal);
        }
        return true;
    }

    private @Nullable String refusalOf(Map<String, Object> attributes) {
        if (!Boolean.TRUE.equals(attributes.get("isDirectory"))) {
            return runtimeDirectoryIsShared ? "it is not a directory, or a link to one" : "it is not a directory";
        }
        if (!isUid(attributes.get("uid"))) {
            return "it belongs to another user";
        }
        @SuppressWarnings("unchecked")
        Set<PosixFilePermission> permissions = (Set<PosixFilePermission>) attributes.get("permissions");
        if (permissions == null) {
            return "its permissions cannot be read";
        }
        String mode = PosixFilePermissions.toString(permissions);
        if (runtimeDirectoryIsShared && !permissions.equals(OWNER_ONLY)) {
            return "its permissions are " + mode + ", not rwx------";
        }
        if (permissions.stream().anyMatch(WRITABLE_BY_OTHERS::contains)) {
            return "others may write to it (" + mode + ")";
        }
        return null;
    }

    /** The overrides in force, as absolute paths: what a process started in another directory needs to agree. */
    Map<String, String> overrides() {
        Map<String, String> overrides = new LinkedHashMap<>();
        for (String variable :
                new String[] {RUNTIME_DIR_VARIABLE, ARENA_DIR_VARIABLE, CONFIG_DIR_VARIABLE, DATA_DIR_VARIABLE}) {
            Path path = override(variable);
            if (path != null) {
                overrides.put(variable, path.toString());
            }
        }
        return overrides;
    }

    private Path socket(String name) {
        Path path = runtimeDirectory.resolve(name);
        int bytes = path.toString().getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MAX_SOCKET_PATH_BYTES) {
            throw new CramdiskException(ErrorKind.PATH_TOO_LONG, path, bytes);
        }
        return path;
    }

    /**
     * {@code XDG_RUNTIME_DIR} if it is a directory of this user. After {@code su} or {@code sudo -E} it is another
     * user's, and a directory left there by root would lock that user out.
     */
    private @Nullable Path sessionDirectory() {
        Path path = absolute("XDG_RUNTIME_DIR");
        try {
            return path != null && Files.isDirectory(path) && isUid(Files.getAttribute(path, "unix:uid")) ? path : null;
        } catch (IOException e) {
            return null;
        }
    }

    private boolean isUid(@Nullable Object attribute) {
        return attribute instanceof Integer id && Integer.toUnsignedLong(id) == uid;
    }

    private Path arena() {
        Path chosen = override(ARENA_DIR_VARIABLE);
        if (chosen != null) {
            return chosen;
        }
        Path own = root.resolve("run/cramdisk/arena-" + uid);
        return isMountedArena(own) ? own : sharedMemoryArena();
    }

    /** The tmpfs is for its owner only; what is left when it was unmounted is a mount point that others may enter. */
    private static boolean isMountedArena(Path directory) {
        try {
            return Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)
                    && Files.getPosixFilePermissions(directory, LinkOption.NOFOLLOW_LINKS)
                            .equals(OWNER_ONLY);
        } catch (IOException e) {
            return false;
        }
    }

    private Path sharedMemoryArena() {
        return root.resolve("dev/shm/cramdisk-" + uid);
    }

    private Path userDirectory(String variable, String xdgVariable, String underHome) {
        Path chosen = override(variable);
        if (chosen != null) {
            return chosen;
        }
        Path xdg = absolute(xdgVariable);
        return (xdg != null ? xdg : home().resolve(underHome)).resolve("cramdisk");
    }

    private Path home() {
        Path home = absolute("HOME");
        return home != null
                ? home
                : Path.of(System.getProperty("user.home", "/")).toAbsolutePath();
    }

    private @Nullable Path override(String variable) {
        String value = environment.get(variable);
        return value == null || value.isEmpty()
                ? null
                : Path.of(value).toAbsolutePath().normalize();
    }

    private @Nullable Path absolute(String variable) {
        String value = environment.get(variable);
        return value == null || !value.startsWith("/") ? null : Path.of(value).normalize();
    }

    /** RFC 3986, section 2: all but unreserved characters and those of {@code alsoPlain} become {@code %XX}. */
    private static String percentEncode(String text, String alsoPlain) {
        StringBuilder encoded = new StringBuilder();
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (octet & 0xFF);
            boolean plain = (c >= 'A' && c <= 'Z')
                    || (c >= 'a' && c <= 'z')
                    || (c >= '0' && c <= '9')
                    || "-._~".indexOf(c) >= 0
                    || alsoPlain.indexOf(c) >= 0;
            if (plain) {
                encoded.append(c);
            } else {
                encoded.append(String.format("%%%02X", (int) c));
            }
        }
        return encoded.toString();
    }

    private static long currentUid() {
        try {
            Object uid = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
            return Integer.toUnsignedLong((Integer) uid);
        } catch (IOException e) {
            throw new CramdiskException(
                    ErrorKind.INTERNAL, e, "the id of this user cannot be read from /proc/self (" + e + ")");
        }
    }
}
