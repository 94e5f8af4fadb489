// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.rpc;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.rpc.RpcConnection;
import java.util.HashMap;
import java.util.Map;

/** The subscriptions of one connection. Used by the thread of that connection only. */
final class Subscriptions {
    /** A window needs one; a few more do no harm, thousands would. */
    static final int MAX_PER_CONNECTION = 4;

    private final SnapshotPublisher publisher;
    private final RpcConnection connection;
    private final Map<Long, SnapshotPublisher.Subscriber> subscribers = new HashMap<>();
    private long lastId;

    Subscriptions(SnapshotPublisher publisher, RpcConnection connection) {
        this.publisher = publisher;
        this.connection = connection;
    }

    /** A subscriber that gets nothing until it is started, so that the answer with its id goes first. */
    SnapshotPublisher.Subscriber add(int hertz) {
        if (subscribers.size() >= MAX_PER_CONNECTION) {
            throw new CramdiskException(
                    ErrorKind.INVALID_ARGUMENT,
                    "A connection can have " + MAX_PER_CONNECTION + " subscriptions. Close one first.");
        }
        SnapshotPublisher.Subscriber subscriber = publisher.subscriber(++lastId, hertz, connection);
        subscribers.put(subscriber.id(), subscriber);
        return subscriber;
    }

    void remove(long id) {
        SnapshotPublisher.Subscriber subscriber = subscribers.remove(id);
        if (subscriber == null) {
            throw new CramdiskException(ErrorKind.INVALID_ARGUMENT, "There is no subscription " + id + ".");
        }
        subscriber.stop();
    }

    void removeAll() {
        subscribers.values().forEach(SnapshotPublisher.Subscriber::stop);
        subscribers.clear();
    }
}
