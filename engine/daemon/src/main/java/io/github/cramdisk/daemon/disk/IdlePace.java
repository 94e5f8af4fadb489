// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.disk;

import io.github.cramdisk.host.power.PowerSupply;
import io.github.cramdisk.host.power.ProcessorTime;
import io.github.cramdisk.store.SqueezePace;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Lets squeezing have what nobody else wants: the processors that were idle during the last second, less half of one that
 * is kept for whoever comes next, at most one; nothing on battery. What squeezing itself took counts as idle.
 *
 * <p>Used by the squeezing thread alone.
 */
public final class IdlePace implements SqueezePace {
    private static final System.Logger LOG = System.getLogger(IdlePace.class.getName());
    private static final long LOOK_NANOS = 1_000_000_000L;
    private static final double KEPT_PROCESSORS = 0.5;

    private final Path procRoot;
    private final PowerSupply power;
    private @Nullable ProcessorTime earlier;
    private long looked;
    private double share;

    /**
     * @param root of the file system, or of a recorded tree
     */
    public IdlePace(Path root) {
        this.procRoot = root.resolve("proc");
        this.power = new PowerSupply(root);
    }

    @Override
    public double share() {
        long now = System.nanoTime();
        if (earlier == null || now - looked >= LOOK_NANOS) {
            looked = now;
            share = look();
        }
        return share;
    }

    private double look() {
        try {
            ProcessorTime now = ProcessorTime.read(procRoot);
            ProcessorTime before = earlier == null ? now : earlier;
            earlier = now;
            if (power.isOnBattery()) {
                return 0;
            }
            double idle = now.idleProcessorsSince(before) + share;
            return Math.max(0, Math.min(1, idle - KEPT_PROCESSORS));
        } catch (IOException e) {
            LOG.log(Level.WARNING, "it cannot be told how busy the machine is; nothing is squeezed", e);
            return 0;
        }
    }
}
