// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.nbd;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A named device as the server offers it, with its connected clients and its counters.
 *
 * <p>An export is open until it is removed from its {@link Exports}; from then on every request is answered with
 * ESHUTDOWN and no client can connect. The device may be closed once {@link #disconnectClients} has returned: no thread
 * of the server is in it then. Thread-safe.
 */
public final class Export {
    private final String name;
    private final String description;
    private volatile boolean readOnly;
    private final BlockDevice device;
    private final CommandCounters counters = new CommandCounters();
    private final ParkingLot lot = new ParkingLot();

    private final Set<NbdSession> sessions = new HashSet<>();
    private volatile boolean shutDown;
    private volatile boolean streamFailed;

    /**
     * @param name not empty, at most 4096 bytes in UTF-8, without NUL ("Conventions" in the protocol document)
     * @param description shown to people by clients, may be empty; same limits
     * @throws IllegalArgumentException if name or description break these limits
     */
    public Export(String name, String description, boolean readOnly, BlockDevice device) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("an export needs a name");
        }
        this.name = checkedString(name);
        this.description = checkedString(description);
        this.readOnly = readOnly;
        this.device = device;
    }

    public String name() {
        return name;
    }

    public String description() {
        return description;
    }

    public boolean readOnly() {
        return readOnly;
    }

    /** Whether clients may only read; for those that connect from now on. */
    public void setReadOnly(boolean readOnly) {
        this.readOnly = readOnly;
    }

    public BlockDevice device() {
        return device;
    }

    /**
     * Writes that wait for room.
     *
     * @param writes requests, 1 or more
     * @param bytes their length
     * @param sinceNanos {@link System#nanoTime} when the oldest of them began to wait
     */
    public record Waiting(int writes, long bytes, long sinceNanos) {}

    /**
     * How long a write for which the device has no room (ENOSPC) waits before it is refused, also one that waits already.
     *
     * @param patience null for no end; zero, as it is at first, for not at all
     */
    public void setPatience(@Nullable Duration patience) {
        lot.setPatienceNanos(patience == null ? ParkingLot.WITHOUT_END : patience.toNanos());
    }

    /** What waits for room now, or null. */
    public @Nullable Waiting waiting() {
        return lot.waiting();
    }

    /** Requests that were refused for want of room so far. */
    public long refusedForRoom() {
        return lot.refused();
    }

    /** Tells that the device may have room again: what waits is tried at once, and not only after a while. */
    public void tellRoom() {
        lot.tellRoom();
    }

    ParkingLot lot() {
        return lot;
    }

    public CommandCounters counters() {
        return counters;
    }

    /** How many connections use this export now. */
    public int clients() {
        synchronized (sessions) {
            return sessions.size();
        }
    }

    /** Whether the export has been removed: requests get ESHUTDOWN. */
    public boolean isShutDown() {
        return shutDown;
    }

    /**
     * Ends every connection to this export and waits until no thread of the server uses its device. Requests that the
     * server has already received are answered; a client that does not read its answers within {@code grace} is cut
     * off. Clients may connect again unless the export was removed before.
     *
     * @throws InterruptedException if interrupted while waiting; the connections are ending nevertheless
     */
    public void disconnectClients(Duration grace) throws InterruptedException {
        List<NbdSession> ending;
        synchronized (sessions) {
            ending = List.copyOf(sessions);
        }
        for (NbdSession session : ending) {
            session.end();
        }
        NbdSession.awaitAll(ending, grace);
    }

    /** Registers a client, unless the export is shut down. */
    boolean attach(NbdSession session) {
        synchronized (sessions) {
            return !shutDown && sessions.add(session);
        }
    }

    void detach(NbdSession session) {
        synchronized (sessions) {
            sessions.remove(session);
        }
    }

    void shutDown() {
        synchronized (sessions) {
            shutDown = true;
        }
    }

    /** Shuts the export down if it has no clients; says whether it did. */
    boolean shutDownIfIdle() {
        synchronized (sessions) {
            if (!sessions.isEmpty()) {
                return false;
            }
            shutDown = true;
            return true;
        }
    }

    /** Whether a read once failed when a part of its simple reply had already left; see {@link Reads}. */
    boolean streamFailed() {
        return streamFailed;
    }

    void noteStreamFailure() {
        streamFailed = true;
    }

    private static String checkedString(String text) {
        if (HandshakeWire.utf8(text).length > HandshakeWire.MAXIMUM_STRING_BYTES || text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("not an NBD string (too long, or with NUL): " + text);
        }
        return text;
    }
}
