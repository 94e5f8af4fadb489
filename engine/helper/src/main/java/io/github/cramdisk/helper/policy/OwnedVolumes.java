// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.helper.policy;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.host.mount.MountTable;
import io.github.cramdisk.host.syscall.DeviceNumber;
import io.github.cramdisk.host.verb.CreatedZram;
import io.github.cramdisk.host.verb.MountedVolume;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.lang.System.Logger.Level;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Supplier;

/**
 * The records of what the helper made, and for whom: one small file each under {@code /run/cramdisk/volumes}, which only
 * root can write to and the next start of the machine empties. Thread-safe.
 *
 * <p>A record is only believed together with the object: the same mount (its id and device number) or device (its
 * sequence number) as was made.
 */
public final class OwnedVolumes {
    private static final System.Logger LOG = System.getLogger(OwnedVolumes.class.getName());
    /** So many may a user have at once. */
    public static final int MOST_EACH = 64;

    private static final String UID = "uid";
    private static final String ORDINARY = "ordinary";
    private static final String TARGET = "target";
    private static final String TYPE = "type";
    private static final String MOUNT_ID = "mountId";
    private static final String DEVICE = "device";
    private static final String NUMBER = "number";
    private static final String SEQUENCE = "sequence";
    private static final String SWAP = "swap";

    private final Path directory;
    private final Path root;
    private final Map<String, OwnedVolume> volumes = new HashMap<>();
    private final Map<Long, Integer> reserved = new HashMap<>();

    private OwnedVolumes(Path directory, Path root) {
        this.directory = directory;
        this.root = root;
    }

    /**
     * Reads the records that an earlier helper left.
     *
     * @param directory exists, and only root may write to it
     * @param root of the tree with {@code proc} and {@code sys}
     */
    public static OwnedVolumes open(Path directory, Path root) throws IOException {
        OwnedVolumes owned = new OwnedVolumes(directory, root);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "{mount,zram}-*")) {
            for (Path file : files) {
                read(file).ifPresent(volume -> owned.volumes.put(volume.name(), volume));
            }
        }
        return owned;
    }

    /**
     * Takes one of the user's places while something is made.
     *
     * @param work ends with {@link #add}, or makes nothing
     * @throws CramdiskException {@link ErrorKind#TOO_MANY_VOLUMES}
     */
    <T> T inPlace(long uid, Supplier<T> work) {
        reserve(uid);
        try {
            return work.get();
        } finally {
            release(uid);
        }
    }

    private synchronized void reserve(long uid) {
        prune();
        long have =
                volumes.values().stream().filter(volume -> volume.uid() == uid).count();
        int soon = reserved.getOrDefault(uid, 0);
        if (have + soon >= MOST_EACH) {
            throw new CramdiskException(ErrorKind.TOO_MANY_VOLUMES, MOST_EACH);
        }
        reserved.put(uid, soon + 1);
    }

    private synchronized void release(long uid) {
        reserved.computeIfPresent(uid, (user, count) -> count == 1 ? null : count - 1);
    }

    /** @throws IOException when the record cannot be written; then there is none */
    synchronized void add(OwnedVolume volume) throws IOException {
        Path temporary = directory.resolve("." + volume.name());
        StringWriter text = new StringWriter();
        properties(volume).store(text, null);
        Files.writeString(
                temporary,
                text.toString(),
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE);
        Files.move(temporary, directory.resolve(volume.name()), StandardCopyOption.ATOMIC_MOVE);
        volumes.put(volume.name(), volume);
    }

    synchronized void remove(OwnedVolume volume) {
        volumes.remove(volume.name(), volume);
        try {
            Files.deleteIfExists(directory.resolve(volume.name()));
        } catch (IOException e) {
            LOG.log(Level.WARNING, "the record " + volume.name() + " stays: " + e);
        }
    }

    /** The record of exactly this mount. */
    synchronized Optional<OwnedVolume.Mount> of(MountedVolume mounted) {
        return volumes.values().stream()
                .filter(OwnedVolume.Mount.class::isInstance)
                .map(OwnedVolume.Mount.class::cast)
                .filter(mount -> mount.mountId() == mounted.mountId()
                        && mount.device().equals(mounted.device())
                        && mount.type().equals(mounted.type()))
                .findFirst();
    }

    /** The record of exactly this device; none where the kernel does not tell it from a later one. */
    synchronized Optional<OwnedVolume.Zram> of(CreatedZram created) {
        return volumes.values().stream()
                .filter(OwnedVolume.Zram.class::isInstance)
                .map(OwnedVolume.Zram.class::cast)
                .filter(zram -> zram.number() == created.device().number()
                        && zram.sequence() == created.sequence()
                        && created.sequence() != 0)
                .findFirst();
    }

    /** Forgets what others took away. */
    private void prune() {
        MountTable mounts;
        try {
            mounts = MountTable.read(root);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "the mounts cannot be read; old records stay", e);
            return;
        }
        for (OwnedVolume volume : Map.copyOf(volumes).values()) {
            boolean gone = volume instanceof OwnedVolume.Mount mount
                    ? mounts.ofDevice(mount.device()).isEmpty()
                    : volume instanceof OwnedVolume.Zram zram
                            && !Files.exists(root.resolve("sys/block/zram" + zram.number()));
            if (gone) {
                remove(volume);
            }
        }
    }

    private static Properties properties(OwnedVolume volume) {
        Properties properties = new Properties();
        properties.setProperty(UID, Long.toString(volume.uid()));
        properties.setProperty(ORDINARY, Boolean.toString(volume.ordinary()));
        if (volume instanceof OwnedVolume.Mount mount) {
            properties.setProperty(TARGET, mount.target());
            properties.setProperty(TYPE, mount.type());
            properties.setProperty(MOUNT_ID, Long.toString(mount.mountId()));
            properties.setProperty(DEVICE, mount.device().toString());
        } else if (volume instanceof OwnedVolume.Zram zram) {
            properties.setProperty(NUMBER, Integer.toString(zram.number()));
            properties.setProperty(SEQUENCE, Long.toString(zram.sequence()));
            properties.setProperty(SWAP, Boolean.toString(zram.swap()));
        }
        return properties;
    }

    private static Optional<OwnedVolume> read(Path file) throws IOException {
        Properties properties = new Properties();
        properties.load(new StringReader(Files.readString(file)));
        try {
            long uid = Long.parseLong(value(properties, UID));
            boolean ordinary = Boolean.parseBoolean(value(properties, ORDINARY));
            return Optional.of(
                    properties.containsKey(NUMBER)
                            ? new OwnedVolume.Zram(
                                    uid,
                                    ordinary,
                                    Integer.parseInt(value(properties, NUMBER)),
                                    Long.parseLong(value(properties, SEQUENCE)),
                                    Boolean.parseBoolean(value(properties, SWAP)))
                            : new OwnedVolume.Mount(
                                    uid,
                                    ordinary,
                                    value(properties, TARGET),
                                    value(properties, TYPE),
                                    Long.parseLong(value(properties, MOUNT_ID)),
                                    DeviceNumber.parse(value(properties, DEVICE))));
        } catch (IllegalArgumentException e) {
            LOG.log(Level.WARNING, "the record " + file + " cannot be read and is not believed: " + e.getMessage());
            return Optional.empty();
        }
    }

    private static String value(Properties properties, String key) {
        String value = properties.getProperty(key);
        if (value == null) {
            throw new IllegalArgumentException("no " + key);
        }
        return value;
    }
}
