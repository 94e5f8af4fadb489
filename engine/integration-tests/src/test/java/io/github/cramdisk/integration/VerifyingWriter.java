// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.integration;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Writes, zeroes and trims its own region of a disk at random, many requests in flight, and remembers of every sector
 * which version was acknowledged last. When the server dies it connects again and reads the whole region back: every
 * sector must hold its acknowledged version, or that of the one request that was in flight for it; and of a request in
 * flight, all sectors of one block must be new or all old.
 *
 * <p>A version's content names its sector and its version, so that lost, stale, misplaced and torn sectors are told
 * apart.
 */
final class VerifyingWriter implements Runnable {
    private static final int SECTOR_BYTES = 512;
    private static final int DEPTH = 16;
    private static final int LONGEST_SECTORS = 256;
    private static final int READ_SECTORS = 2048;
    private static final Duration RECONNECT_LIMIT = Duration.ofSeconds(60);

    private final Path socket;
    private final String export;
    private final int firstSector;
    private final int sectorsInBlock;
    private final Random random;
    private final AtomicBoolean stop = new AtomicBoolean();
    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicLong verifications = new AtomicLong();

    /** Of each sector of the region; negative where the version is one of zeroes, 0 where nothing was ever written. */
    private final int[] versions;

    private final boolean[] busy;
    private final Map<Long, InFlight> inFlight = new HashMap<>();
    private int lastVersion;
    private long lastCookie;

    /** @param start first sector in the region; version negative for zeroes */
    private record InFlight(int start, int count, int version) {}

    VerifyingWriter(Path socket, String export, long offsetBytes, long lengthBytes, int blockBytes, long seed) {
        this.socket = socket;
        this.export = export;
        this.firstSector = Math.toIntExact(offsetBytes / SECTOR_BYTES);
        this.sectorsInBlock = blockBytes / SECTOR_BYTES;
        this.random = new Random(seed);
        this.versions = new int[Math.toIntExact(lengthBytes / SECTOR_BYTES)];
        this.busy = new boolean[versions.length];
    }

    /** Requests answered with success so far. */
    long acknowledged() {
        return acknowledged.get();
    }

    /** How often the whole region was read back and found right. */
    long verifications() {
        return verifications.get();
    }

    /** Lets {@link #run} finish what is in flight, verify once more and return. */
    void finish() {
        stop.set(true);
    }

    /** Blocks of the region that hold something other than zeroes. Only after {@link #run} has returned. */
    long blocksWithData() {
        long blocks = 0;
        for (int start = 0; start < versions.length; start += sectorsInBlock) {
            if (Arrays.stream(versions, start, start + sectorsInBlock).anyMatch(version -> version > 0)) {
                blocks++;
            }
        }
        return blocks;
    }

    /** Until {@link #finish}; throws AssertionError as soon as something is not as it was acknowledged. */
    @Override
    public void run() {
        boolean finished = false;
        while (!finished) {
            try (NbdClient client = connect()) {
                verify(client);
                work(client);
                verify(client);
                finished = true;
            } catch (IOException e) {
                // The server was killed: connect again, and see what it kept.
            }
        }
    }

    private NbdClient connect() {
        long deadline = System.nanoTime() + RECONNECT_LIMIT.toNanos();
        while (true) {
            try {
                return new NbdClient(socket, export);
            } catch (IOException e) {
                if (System.nanoTime() > deadline) {
                    throw new AssertionError("no server for " + RECONNECT_LIMIT, e);
                }
                Thread.onSpinWait();
                java.util.concurrent.locks.LockSupport.parkNanos(
                        Duration.ofMillis(5).toNanos());
            }
        }
    }

    private void work(NbdClient client) throws IOException {
        while (!stop.get()) {
            while (inFlight.size() < DEPTH) {
                send(client);
            }
            acknowledge(client.reply());
        }
        while (!inFlight.isEmpty()) {
            acknowledge(client.reply());
        }
    }

    private void send(NbdClient client) throws IOException {
        int count = 1 + random.nextInt(random.nextInt(8) == 0 ? LONGEST_SECTORS : 2 * sectorsInBlock);
        int start = random.nextInt(versions.length - count);
        for (int sector = start; sector < start + count; sector++) {
            if (busy[sector]) {
                return; // another place next time: requests in flight must not overlap
            }
        }
        Arrays.fill(busy, start, start + count, true);
        int version = ++lastVersion;
        NbdClient.Type type = switch (random.nextInt(10)) {
            case 0 -> NbdClient.Type.TRIM;
            case 1 -> NbdClient.Type.WRITE_ZEROES;
            default -> NbdClient.Type.WRITE;
        };
        byte[] payload = new byte[type == NbdClient.Type.WRITE ? count * SECTOR_BYTES : 0];
        for (int i = 0; i < payload.length / SECTOR_BYTES; i++) {
            fill(payload, i * SECTOR_BYTES, start + i, version);
        }
        long cookie = ++lastCookie;
        // Before it is sent: from here on the server may have done it.
        inFlight.put(cookie, new InFlight(start, count, type == NbdClient.Type.WRITE ? version : -version));
        client.request(type, cookie, offset(start), count * SECTOR_BYTES, payload);
    }

    private void acknowledge(NbdClient.Reply reply) {
        InFlight request = inFlight.remove(reply.cookie());
        if (request == null) {
            throw new AssertionError("an answer to no request: " + reply);
        }
        if (reply.error() != 0) {
            throw new AssertionError("error " + reply.error() + " for " + request);
        }
        Arrays.fill(versions, request.start, request.start + request.count, request.version);
        Arrays.fill(busy, request.start, request.start + request.count, false);
        acknowledged.incrementAndGet();
    }

    /** Reads the whole region; requests that were in flight when the server died are settled by what is found. */
    private void verify(NbdClient client) throws IOException {
        byte[] region = new byte[versions.length * SECTOR_BYTES];
        for (int sector = 0; sector < versions.length; sector += READ_SECTORS) {
            int count = Math.min(READ_SECTORS, versions.length - sector);
            byte[] part = client.read(offset(sector), count * SECTOR_BYTES);
            System.arraycopy(part, 0, region, sector * SECTOR_BYTES, part.length);
        }
        inFlight.values().forEach(request -> settle(region, request));
        inFlight.clear();
        Arrays.fill(busy, false);
        for (int sector = 0; sector < versions.length; sector++) {
            if (!holds(region, sector, versions[sector])) {
                throw new AssertionError(describe(region, sector));
            }
        }
        verifications.incrementAndGet();
    }

    private void settle(byte[] region, InFlight request) {
        int sector = request.start;
        int end = request.start + request.count;
        while (sector < end) {
            int blockEnd = Math.min(end, (absolute(sector) / sectorsInBlock + 1) * sectorsInBlock - firstSector);
            List<Integer> done = new ArrayList<>();
            boolean isNew = true;
            boolean isOld = true;
            for (int i = sector; i < blockEnd; i++) {
                isNew &= holds(region, i, request.version);
                isOld &= holds(region, i, versions[i]);
                done.add(i);
            }
            if (!isNew && !isOld) {
                throw new AssertionError("a block is neither old nor new, sectors " + done + ", request " + request
                        + ": " + describe(region, sector));
            }
            if (isNew) {
                Arrays.fill(versions, sector, blockEnd, request.version);
            }
            sector = blockEnd;
        }
    }

    private boolean holds(byte[] region, int sector, int version) {
        byte[] expected = new byte[SECTOR_BYTES];
        if (version > 0) {
            fill(expected, 0, sector, version);
        }
        int at = sector * SECTOR_BYTES;
        return Arrays.equals(region, at, at + SECTOR_BYTES, expected, 0, SECTOR_BYTES);
    }

    private String describe(byte[] region, int sector) {
        ByteBuffer found = ByteBuffer.wrap(region, sector * SECTOR_BYTES, SECTOR_BYTES)
                .slice()
                .order(ByteOrder.LITTLE_ENDIAN);
        return "sector " + absolute(sector) + ": version " + versions[sector] + " was acknowledged, but it says sector "
                + found.getInt(0) + ", version " + found.getInt(4);
    }

    /** Half of it compresses, half does not. */
    private void fill(byte[] target, int index, int sector, int version) {
        ByteBuffer buffer = ByteBuffer.wrap(target, index, SECTOR_BYTES).slice().order(ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(absolute(sector)).putInt(version);
        long state = absolute(sector) * 0x9E3779B97F4A7C15L + version;
        while (buffer.hasRemaining()) {
            state = (state ^ (state >>> 27)) * 0x94D049BB133111EBL + 1;
            buffer.putLong(buffer.position() % 16 == 0 ? state : version);
        }
    }

    private int absolute(int sector) {
        return firstSector + sector;
    }

    private long offset(int sector) {
        return (long) absolute(sector) * SECTOR_BYTES;
    }
}
