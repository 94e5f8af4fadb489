// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.integration;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.CodecSpec;
import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.DiskUpdate;
import io.github.cramdisk.api.Engine;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.rpc.EngineClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;

/**
 * Does to a disk, at random and without end, what its owner may do while it is in use: squeezes it, compacts it, makes it
 * larger and smaller again, changes its codec. Goes on when the engine was killed under it.
 */
final class Meddler implements Runnable {
    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final List<CodecSpec> CODECS =
            List.of(CodecSpec.LZ4, CodecSpec.zstd(1), CodecSpec.zstd(3), CodecSpec.NONE);
    private static final List<String> DEEDS = List.of("squeezed", "compacted", "resized", "given a codec");

    private final Path socket;
    private final String disk;
    private final ByteSize size;
    private final Random random;
    private final AtomicBoolean stop = new AtomicBoolean();
    private final AtomicIntegerArray done = new AtomicIntegerArray(DEEDS.size());

    /** @param size of the disk, to which it always returns */
    Meddler(Path socket, String disk, ByteSize size, long seed) {
        this.socket = socket;
        this.disk = disk;
        this.size = size;
        this.random = new Random(seed);
    }

    /** Lets {@link #run} return after what it does now. */
    void finish() {
        stop.set(true);
    }

    /** How often each was done and answered. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < DEEDS.size(); i++) {
            text.append(i == 0 ? "" : ", ").append(DEEDS.get(i)).append(' ').append(done.get(i));
        }
        return text.append(" times").toString();
    }

    /** Whether each was done and answered at least so often. */
    boolean didEach(int times) {
        boolean enough = true;
        for (int i = 0; i < DEEDS.size(); i++) {
            enough &= done.get(i) >= times;
        }
        return enough;
    }

    @Override
    public void run() {
        while (!stop.get()) {
            try (EngineClient engine = EngineClient.connect(socket, EngineClient.Timeouts.DEFAULT)) {
                while (!stop.get()) {
                    int deed = random.nextInt(DEEDS.size());
                    act(engine, deed);
                    done.incrementAndGet(deed);
                    LockSupport.parkNanos(PAUSE.toNanos());
                }
            } catch (CramdiskException e) {
                if (e.kind() != ErrorKind.ENGINE_UNAVAILABLE) {
                    throw new AssertionError("refused by an engine that was not killed", e);
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    private void act(Engine engine, int deed) {
        switch (deed) {
            case 0 -> engine.squeezeDisk(disk);
            case 1 -> engine.trimDisk(disk);
            case 2 -> {
                engine.resizeDisk(disk, new ByteSize(2 * size.bytes()));
                engine.resizeDisk(disk, size);
            }
            default ->
                engine.updateDisk(disk, new DiskUpdate(CODECS.get(random.nextInt(CODECS.size())), null, false, null));
        }
    }
}
