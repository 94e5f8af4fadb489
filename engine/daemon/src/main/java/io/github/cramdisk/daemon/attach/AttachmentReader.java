// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.attach;

import io.github.cramdisk.api.attach.Attachment;
import io.github.cramdisk.host.KernelText;
import io.github.cramdisk.host.mount.MountEntry;
import io.github.cramdisk.host.mount.MountTable;
import io.github.cramdisk.host.nbd.AttachedDisk;
import io.github.cramdisk.host.nbd.AttachmentRecords;
import io.github.cramdisk.host.nbd.Superblock;
import io.github.cramdisk.host.swap.SwapArea;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Which disks of this engine are attached, and how they are used, as the machine shows it. Thread-safe. */
public final class AttachmentReader {
    private static final System.Logger LOG = System.getLogger(AttachmentReader.class.getName());
    /** Front ends ask many times a second; the machine does not change that fast. */
    private static final Duration FRESH = Duration.ofMillis(500);

    private final Path root;
    private final AttachmentRecords records;
    private final long uid;
    private final String engine;
    private final LongSupplier nanoTime;
    private final Map<String, Superblock> superblocks = new ConcurrentHashMap<>();
    private Map<String, Attachment> cached = Map.of();
    private boolean valid;
    private long readNanos;

    /**
     * @param root {@code /}, or a recorded tree
     * @param uid of this engine
     * @param engine its arena directory
     */
    public AttachmentReader(Path root, long uid, String engine) {
        this(root, uid, engine, System::nanoTime);
    }

    AttachmentReader(Path root, long uid, String engine, LongSupplier nanoTime) {
        this.root = root;
        this.records = new AttachmentRecords(root);
        this.uid = uid;
        this.engine = engine;
        this.nanoTime = nanoTime;
    }

    String engine() {
        return engine;
    }

    /** How a disk is attached; null where it is not. Whether the kernel has a connection is for the disk to say. */
    public @Nullable Attachment of(String disk) {
        return now().get(disk);
    }

    /** Whether a disk is in use as swap. */
    boolean isSwap(String disk) {
        Attachment attachment = of(disk);
        return attachment != null && attachment.swap();
    }

    /** The records of this engine's disks. */
    List<AttachedDisk> own() throws IOException {
        return records.all().stream()
                .filter(disk -> disk.uid() == uid && disk.engine().equals(engine))
                .toList();
    }

    Optional<AttachedDisk> record(String disk) throws IOException {
        return own().stream().filter(each -> each.disk().equals(disk)).findFirst();
    }

    /** What is on a disk, for as long as it is attached. */
    void remember(String disk, Optional<Superblock> superblock) {
        superblock.ifPresentOrElse(found -> superblocks.put(disk, found), () -> superblocks.remove(disk));
        changed();
    }

    /** The machine was changed: what was read before does not hold any more. */
    synchronized void changed() {
        valid = false;
    }

    private synchronized Map<String, Attachment> now() {
        long time = nanoTime.getAsLong();
        if (!valid || time - readNanos > FRESH.toNanos()) {
            try {
                cached = read();
            } catch (IOException e) {
                LOG.log(Level.DEBUG, "attached disks could not be read", e);
            }
            valid = true;
            readNanos = time;
        }
        return cached;
    }

    private Map<String, Attachment> read() throws IOException {
        List<AttachedDisk> own = own();
        if (own.isEmpty()) {
            return Map.of();
        }
        List<MountEntry> mounts = new ArrayList<>(MountTable.read(root).visible());
        List<SwapArea> swaps = SwapArea.read(root);
        Map<String, Attachment> found = new TreeMap<>();
        for (AttachedDisk disk : own) {
            found.put(disk.disk(), attachment(disk, mounts, swaps));
        }
        return found;
    }

    private Attachment attachment(AttachedDisk disk, List<MountEntry> mounts, List<SwapArea> swaps) throws IOException {
        String device = disk.device().toString();
        String number = KernelText.value(
                        root.resolve("sys/block").resolve(disk.device().name()).resolve("dev"))
                .orElse("");
        Optional<MountEntry> mount = mounts.stream()
                .filter(entry -> entry.source().equals(device)
                        || entry.device().toString().equals(number))
                .findFirst();
        Superblock superblock = superblocks.get(disk.disk());
        return new Attachment(
                device,
                Attachment.State.CONNECTED,
                mount.map(MountEntry::type).orElse(superblock == null ? null : superblock.type()),
                superblock == null ? null : superblock.label(),
                superblock == null ? null : superblock.uuid(),
                mount.map(MountEntry::target).orElse(null),
                mount.map(MountEntry::options).orElse(List.of()),
                swaps.stream().anyMatch(area -> area.path().equals(device)));
    }
}
