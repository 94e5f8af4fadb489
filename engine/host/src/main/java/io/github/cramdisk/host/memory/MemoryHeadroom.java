// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.memory;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Tells whether the machine can spare more memory for disks. {@code fallocate} on tmpfs looks at the size of the tmpfs
 * only; without this check the kernel's out-of-memory killer would be the first to notice a full machine.
 *
 * <p>Memory is spared down to a floor: MemAvailable stays at 256 MiB or 3 % of the machine, whichever is more (but never
 * more than a quarter of the machine), and each control group limit keeps 16 MiB or 3 % of itself. Readings are kept for
 * {@link #READING_AGE}; what was allowed since is counted against them, so that many small requests between two
 * readings cannot slip below the floor together. Safe for use by several threads.
 */
public final class MemoryHeadroom {
    static final Duration READING_AGE = Duration.ofMillis(100);
    static final long MACHINE_FLOOR_BYTES = 256L << 20;
    static final long CGROUP_FLOOR_BYTES = 16L << 20;

    private static final int FLOOR_PERCENT = 3;
    private static final System.Logger LOG = System.getLogger(MemoryHeadroom.class.getName());

    private final Path procRoot;
    private final Optional<Cgroup> cgroup;
    private final LongSupplier nanoTime;
    private boolean read;
    private long readNanos;
    private long budgetBytes;

    /**
     * @param root {@code /}, or a recorded tree
     */
    public MemoryHeadroom(Path root) {
        this(root, System::nanoTime);
    }

    MemoryHeadroom(Path root, LongSupplier nanoTime) {
        this.procRoot = root.resolve("proc");
        this.nanoTime = nanoTime;
        this.cgroup = findCgroup(root);
    }

    /**
     * Whether {@code bytes} more may be taken now; when so, they count as taken until the next reading.
     *
     * @param bytes 0 or more
     */
    public synchronized boolean allows(long bytes) {
        long now = nanoTime.getAsLong();
        if (!read || now - readNanos >= READING_AGE.toNanos()) {
            budgetBytes = readBudget();
            readNanos = now;
            read = true;
        }
        if (bytes > budgetBytes) {
            return false;
        }
        budgetBytes -= bytes;
        return true;
    }

    private long readBudget() {
        try {
            MemInfo info = MemInfo.read(procRoot);
            long floor = Math.min(Math.max(MACHINE_FLOOR_BYTES, percent(info.totalBytes())), info.totalBytes() / 4);
            long budget = info.availableBytes() - floor;
            if (cgroup.isPresent()) {
                Optional<Cgroup.Headroom> group = cgroup.get().headroom();
                if (group.isPresent()) {
                    long groupFloor =
                            Math.max(CGROUP_FLOOR_BYTES, percent(group.get().limitBytes()));
                    budget = Math.min(budget, group.get().freeBytes() - groupFloor);
                }
            }
            return budget;
        } catch (IOException e) {
            // Without knowledge the size of the tmpfs is the only limit, as it is for everybody else.
            LOG.log(Level.WARNING, "the memory of this machine cannot be read; disks may take all of it", e);
            return Long.MAX_VALUE;
        }
    }

    private static long percent(long bytes) {
        return bytes / 100 * FLOOR_PERCENT;
    }

    private static Optional<Cgroup> findCgroup(Path root) {
        try {
            return Cgroup.ofThisProcess(root);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "the control group of this process cannot be read; its limit is not respected", e);
            return Optional.empty();
        }
    }
}
