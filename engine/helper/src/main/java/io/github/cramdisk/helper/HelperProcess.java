// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.helper;

import io.github.cramdisk.helper.bus.IntakeSocketProvider;
import io.github.cramdisk.helper.gate.Gate;
import io.github.cramdisk.helper.policy.CallerProcesses;
import io.github.cramdisk.helper.policy.OwnedVolumes;
import io.github.cramdisk.helper.policy.VerbTable;
import io.github.cramdisk.helper.serve.Calls;
import io.github.cramdisk.helper.serve.Dispatcher;
import io.github.cramdisk.helper.wire.BusException;
import io.github.cramdisk.helper.wire.HelperNames;
import io.github.cramdisk.helper.wire.SystemBus;
import io.github.cramdisk.host.ProcessClock;
import io.github.cramdisk.host.memory.MemInfo;
import io.github.cramdisk.host.verb.LocalVerbs;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The running helper: the one place where its parts are put together. */
final class HelperProcess {
    private static final System.Logger LOG = System.getLogger(HelperProcess.class.getName());
    private static final Path ROOT = Path.of("/");
    private static final Path PROC = ROOT.resolve("proc");

    /** A helper costs memory, and a start costs half a second. */
    private static final Duration IDLE_AT_MOST = Duration.ofMinutes(3);
    /** For tests of leaving. */
    private static final String IDLE_PROPERTY = "cramdisk.helper.idle.seconds";

    private static final Duration DRAIN_STEP = Duration.ofMillis(50);

    private final RuntimeDirectories directories;

    HelperProcess(RuntimeDirectories directories) {
        this.directories = directories;
    }

    /** Serves until nobody has called for a while, or the bus goes away. */
    void run() throws IOException {
        CountDownLatch busGone = new CountDownLatch(1);
        Calls calls = new Calls();
        IntakeSocketProvider.deliverTo(calls);
        OwnedVolumes owned = OwnedVolumes.open(directories.volumes(), ROOT);
        long ramBytes = MemInfo.read(PROC).totalBytes();
        try (SystemBus bus = SystemBus.connect(busGone::countDown)) {
            if (!IntakeSocketProvider.isInUse()) {
                throw new IOException("messages would not be checked: the jar of the helper must be the first"
                        + " on the class path");
            }
            Gate gate = new Gate(bus);
            VerbTable verbs = new VerbTable(gate, owned, LocalVerbs::new, ramBytes, new CallerProcesses(bus));
            calls.answerWith(bus, new Dispatcher(bus, verbs.byName()), gate::left);
            bus.callBus(
                    "AddMatch",
                    "s",
                    "type='signal',sender='org.freedesktop.DBus',interface='org.freedesktop.DBus',"
                            + "member='NameOwnerChanged',arg2=''");
            bus.requestName(HelperNames.BUS_NAME);
            LOG.log(Level.INFO, "ready " + ProcessClock.ageOfThisProcess(PROC).toMillis() + " ms after its start");
            serve(bus, calls, busGone);
        } catch (BusException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static void serve(SystemBus bus, Calls calls, CountDownLatch busGone) throws BusException {
        Duration idleAtMost = Duration.ofSeconds(Long.getLong(IDLE_PROPERTY, IDLE_AT_MOST.toSeconds()));
        try {
            while (true) {
                Duration left = idleAtMost.minus(calls.idle());
                if (left.isNegative() || left.isZero()) {
                    break;
                }
                if (busGone.await(Math.max(1, left.toMillis()), TimeUnit.MILLISECONDS)) {
                    LOG.log(Level.INFO, "the bus is gone");
                    return;
                }
            }
            // Calls that the bus has delivered before the name was given back are answered; later ones start the next.
            bus.releaseName(HelperNames.BUS_NAME);
            while (calls.idle().isZero() && !busGone.await(DRAIN_STEP.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.log(Level.DEBUG, "a last call is answered");
            }
            LOG.log(Level.INFO, "nobody needs the helper; it leaves");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
