// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.DiskInfo;
import io.github.cramdisk.api.DiskSpec;
import io.github.cramdisk.api.DiskStats;
import io.github.cramdisk.api.DiskUpdate;
import io.github.cramdisk.api.Engine;
import io.github.cramdisk.api.EngineEvent;
import io.github.cramdisk.api.EngineStatus;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.MachineMemory;
import io.github.cramdisk.api.Snapshot;
import io.github.cramdisk.api.Subscription;
import io.github.cramdisk.api.attach.AttachSpec;
import io.github.cramdisk.api.compare.Comparison;
import io.github.cramdisk.api.config.Configuration;
import io.github.cramdisk.api.insight.Insight;
import io.github.cramdisk.api.job.JobInfo;
import io.github.cramdisk.api.rpc.RpcMethods.Directory;
import io.github.cramdisk.api.rpc.RpcMethods.DiskAttach;
import io.github.cramdisk.api.rpc.RpcMethods.DiskChange;
import io.github.cramdisk.api.rpc.RpcMethods.DiskForce;
import io.github.cramdisk.api.rpc.RpcMethods.DiskName;
import io.github.cramdisk.api.rpc.RpcMethods.DiskSize;
import io.github.cramdisk.api.rpc.RpcMethods.EventsAfter;
import io.github.cramdisk.api.rpc.RpcMethods.JobId;
import io.github.cramdisk.api.rpc.RpcMethods.Rate;
import io.github.cramdisk.api.rpc.RpcMethods.Released;
import io.github.cramdisk.api.rpc.RpcMethods.SnapshotEvent;
import io.github.cramdisk.api.rpc.RpcMethods.SubscriptionId;
import io.github.cramdisk.api.volume.Volumes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/**
 * The engine at the other end of its socket. Thread-safe; one connection carries the calls of all threads. A call that
 * is outstanding when the engine dies, or is not answered in time, ends with {@link ErrorKind#ENGINE_UNAVAILABLE}.
 *
 * <p>A client never reconnects: once the engine is gone, every call fails and a new client is needed. Callbacks may
 * call the client.
 */
public final class EngineClient implements Engine {
    private final Path socket;
    private final Timeouts timeouts;
    private final RpcCalls calls;
    private final Insight insight;
    private final Volumes volumes;
    private final Configuration configuration;
    private final Map<Long, SnapshotDelivery> deliveries = new ConcurrentHashMap<>();

    /**
     * How long to wait.
     *
     * @param connect for the connection to be accepted
     * @param answer for what the engine answers from memory
     * @param action for what takes as long as a disk is large: create, trim, reset, remove, stop
     */
    public record Timeouts(Duration connect, Duration answer, Duration action) {
        public static final Timeouts DEFAULT =
                new Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(15), Duration.ofMinutes(2));
    }

    private EngineClient(Path socket, Timeouts timeouts, RpcConnection connection) {
        this.socket = socket;
        this.timeouts = timeouts;
        this.calls = new RpcCalls(connection, this::received, this::engineGone);
        this.insight = new InsightClient(calls, timeouts);
        this.volumes = new VolumesClient(calls, timeouts);
        this.configuration = new ConfigurationClient(calls, timeouts);
    }

    @Override
    public Configuration configuration() {
        return configuration;
    }

    @Override
    public Insight insight() {
        return insight;
    }

    @Override
    public Volumes volumes() {
        return volumes;
    }

    /**
     * @param socket path of {@code engine.sock}
     * @throws CramdiskException {@link ErrorKind#ENGINE_UNAVAILABLE} when nobody accepts there in time
     */
    public static EngineClient connect(Path socket, Timeouts timeouts) {
        EngineClient client =
                new EngineClient(socket, timeouts, new RpcConnection(EngineSocket.connect(socket, timeouts.connect())));
        client.calls.start();
        return client;
    }

    @Override
    public EngineStatus status() {
        return query(RpcMethods.ENGINE_STATUS, JsonNodeFactory.instance.objectNode(), EngineStatus.class);
    }

    @Override
    public MachineMemory memory() {
        return query(RpcMethods.MACHINE_MEMORY, JsonNodeFactory.instance.objectNode(), MachineMemory.class);
    }

    @Override
    public List<DiskInfo> listDisks() {
        return list(RpcMethods.DISK_LIST, JsonNodeFactory.instance.objectNode(), DiskInfo.class);
    }

    @Override
    public DiskInfo createDisk(DiskSpec spec) {
        return action(RpcMethods.DISK_CREATE, spec, DiskInfo.class);
    }

    @Override
    public DiskInfo showDisk(String name) {
        return query(RpcMethods.DISK_SHOW, new DiskName(name), DiskInfo.class);
    }

    @Override
    public DiskStats diskStats(String name) {
        return query(RpcMethods.DISK_STATS, new DiskName(name), DiskStats.class);
    }

    @Override
    public DiskInfo updateDisk(String name, DiskUpdate update) {
        return action(RpcMethods.DISK_UPDATE, new DiskChange(name, update), DiskInfo.class);
    }

    @Override
    public DiskInfo resizeDisk(String name, ByteSize size) {
        return action(RpcMethods.DISK_RESIZE, new DiskSize(name, size), DiskInfo.class);
    }

    @Override
    public ByteSize trimDisk(String name) {
        return new ByteSize(
                action(RpcMethods.DISK_TRIM, new DiskName(name), Released.class).releasedBytes());
    }

    @Override
    public DiskInfo attachDisk(String name, AttachSpec spec) {
        return askedAction(RpcMethods.DISK_ATTACH, new DiskAttach(name, spec));
    }

    @Override
    public DiskInfo detachDisk(String name) {
        return askedAction(RpcMethods.DISK_DETACH, new DiskName(name));
    }

    /** Waits as long as a person may take to answer a password prompt, for each of several steps. */
    private DiskInfo askedAction(String method, Object params) {
        return calls.call(
                method,
                Json.tree(params),
                timeouts.action().plus(VolumesClient.PROMPT.multipliedBy(3)),
                answer -> Json.fromAnswer(answer, DiskInfo.class));
    }

    @Override
    public Comparison compare(String directory) {
        return action(RpcMethods.COMPARE, new Directory(directory), Comparison.class);
    }

    @Override
    public ByteSize squeezeDisk(String name) {
        return new ByteSize(action(RpcMethods.DISK_SQUEEZE, new DiskName(name), Released.class)
                .releasedBytes());
    }

    @Override
    public DiskInfo resetDisk(String name, boolean force) {
        return action(RpcMethods.DISK_RESET, new DiskForce(name, force), DiskInfo.class);
    }

    @Override
    public void removeDisk(String name, boolean force) {
        action(RpcMethods.DISK_REMOVE, new DiskForce(name, force), JsonNode.class);
    }

    @Override
    public List<EngineEvent> events(long afterId) {
        return list(RpcMethods.ENGINE_EVENTS, new EventsAfter(afterId), EngineEvent.class);
    }

    @Override
    public List<JobInfo> jobs() {
        return list(RpcMethods.JOB_LIST, JsonNodeFactory.instance.objectNode(), JobInfo.class);
    }

    @Override
    public void cancelJob(long id) {
        query(RpcMethods.JOB_CANCEL, new JobId(id), JsonNode.class);
    }

    /**
     * One NBD session with a disk, on a connection of its own that outlives this client: the engine has agreed, and its
     * greeting is the next thing to read. The caller closes it.
     *
     * @throws CramdiskException {@link ErrorKind#NO_SUCH_DISK} and others
     */
    public RawConnection serve(String name) {
        return EngineSocket.serve(socket, name, timeouts);
    }

    @Override
    public Subscription subscribe(int hertz, Consumer<Snapshot> onSnapshot, Runnable onGone) {
        JsonNode rate = Json.tree(new Rate(hertz));
        AtomicLong id = new AtomicLong();
        SnapshotDelivery delivery = new SnapshotDelivery(onSnapshot, onGone, () -> unsubscribe(id.get()));
        // Registered on the reading thread, so that a snapshot right behind the answer finds its subscription.
        Function<JsonNode, Long> register = answer -> {
            long subscription = Json.fromAnswer(answer, SubscriptionId.class).subscription();
            id.set(subscription);
            deliveries.put(subscription, delivery);
            return subscription;
        };
        calls.call(RpcMethods.STATS_SUBSCRIBE, rate, timeouts.answer(), register);
        delivery.start();
        return delivery;
    }

    /**
     * {@inheritDoc} Returns when the engine has hung up.
     *
     * @throws CramdiskException {@link ErrorKind#ENGINE_UNAVAILABLE} when it was gone before, or does not leave in time
     */
    @Override
    public void stop() {
        calls.callUntilGone(RpcMethods.ENGINE_STOP, timeouts.action());
    }

    @Override
    public void close() {
        calls.close();
        deliveries.values().forEach(SnapshotDelivery::abandon);
        deliveries.clear();
    }

    private <T> List<T> list(String method, Object params, Class<T> type) {
        JsonNode elements = query(method, params, JsonNode.class);
        return StreamSupport.stream(elements.spliterator(), false)
                .map(element -> Json.fromAnswer(element, type))
                .toList();
    }

    private <T> T query(String method, Object params, Class<T> type) {
        return calls.call(method, Json.tree(params), timeouts.answer(), answer -> Json.fromAnswer(answer, type));
    }

    private <T> T action(String method, Object params, Class<T> type) {
        return calls.call(method, Json.tree(params), timeouts.action(), answer -> Json.fromAnswer(answer, type));
    }

    private void unsubscribe(long id) {
        deliveries.remove(id);
        try {
            query(RpcMethods.STATS_UNSUBSCRIBE, new SubscriptionId(id), JsonNode.class);
        } catch (CramdiskException e) {
            if (e.kind() != ErrorKind.ENGINE_UNAVAILABLE) {
                throw e;
            }
            // The engine is gone, and the subscription with it.
        }
    }

    /** On the reading thread. Notifications of a newer engine that this client does not know are ignored. */
    private void received(RpcRequest notification) {
        if (notification.method().equals(RpcMethods.STATS_SNAPSHOT)) {
            SnapshotEvent event = Json.fromAnswer(notification.params(), SnapshotEvent.class);
            SnapshotDelivery delivery = deliveries.get(event.subscription());
            if (delivery != null) {
                delivery.offer(event.snapshot());
            }
        }
    }

    private void engineGone() {
        deliveries.values().forEach(SnapshotDelivery::engineGone);
        deliveries.clear();
    }
}
