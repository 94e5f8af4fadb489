// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.EngineEvent.Severity;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.EventKind;
import io.github.cramdisk.api.RuntimeFiles;
import io.github.cramdisk.daemon.attach.AttachHouse;
import io.github.cramdisk.daemon.attach.AttachmentKeeper;
import io.github.cramdisk.daemon.attach.AttachmentReader;
import io.github.cramdisk.daemon.attach.Attachments;
import io.github.cramdisk.daemon.compare.Comparer;
import io.github.cramdisk.daemon.config.ConfigDisks;
import io.github.cramdisk.daemon.config.ConfigurationService;
import io.github.cramdisk.daemon.definition.DefinitionDirectory;
import io.github.cramdisk.daemon.definition.VolumeDirectory;
import io.github.cramdisk.daemon.disk.DiskHouse;
import io.github.cramdisk.daemon.disk.DiskWatch;
import io.github.cramdisk.daemon.disk.Disks;
import io.github.cramdisk.daemon.disk.IdlePace;
import io.github.cramdisk.daemon.event.EventHistory;
import io.github.cramdisk.daemon.event.EventSink;
import io.github.cramdisk.daemon.insight.InsightService;
import io.github.cramdisk.daemon.job.Jobs;
import io.github.cramdisk.daemon.log.EngineLog;
import io.github.cramdisk.daemon.rpc.RpcServer;
import io.github.cramdisk.daemon.volume.VolumeHouse;
import io.github.cramdisk.daemon.volume.VolumeKeeper;
import io.github.cramdisk.daemon.volume.VolumeService;
import io.github.cramdisk.host.ProcessClock;
import io.github.cramdisk.host.configure.SystemFiles;
import io.github.cramdisk.host.memory.MemoryHeadroom;
import io.github.cramdisk.host.syscall.KernelException;
import io.github.cramdisk.host.syscall.ProcessCalls;
import io.github.cramdisk.nbd.ExportDirectory;
import io.github.cramdisk.nbd.Exports;
import io.github.cramdisk.nbd.NbdServer;
import io.github.cramdisk.store.ArenaDirectory;
import io.github.cramdisk.store.SqueezeThread;
import io.github.cramdisk.store.StoreException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The running engine: the one place where its parts are put together, and taken apart in the opposite order.
 *
 * <p>Sockets are opened last. A client that comes back after the engine was killed is refused until its disk is there,
 * and so tries again; were it let in earlier, it would be told that there is no such disk, and give up.
 */
final class EngineProcess {
    private static final System.Logger LOG = System.getLogger(EngineProcess.class.getName());

    /** How long a change of one disk that is under way is waited for. */
    private static final Duration DISK_PATIENCE = Duration.ofSeconds(2);
    /** After this the process ends, whatever is stuck; data are in memory files that need no closing. */
    private static final Duration STOP_AT_MOST = Duration.ofSeconds(8);

    /** What a step of the start needs undone. */
    @FunctionalInterface
    private interface Undo {
        void run() throws IOException, InterruptedException;
    }

    private static final int ROOT = 0;

    private final Deque<Undo> undo = new ArrayDeque<>();
    private @Nullable RpcServer rpc;
    private boolean stopped;

    private EngineProcess() {}

    /**
     * @param foreground whether the log goes to standard error too
     * @param stop called when a front end asks the engine to stop; must return at once
     * @throws CramdiskException {@link ErrorKind#ENGINE_ALREADY_RUNNING}, {@link ErrorKind#ARENA_UNUSABLE} and others;
     *     nothing is left open then
     */
    static EngineProcess start(RuntimeFiles files, boolean foreground, Runnable stop) throws IOException {
        EngineProcess engine = new EngineProcess();
        boolean started = false;
        try {
            engine.open(files, foreground, stop);
            started = true;
            return engine;
        } finally {
            if (!started) {
                engine.undoAll();
            }
        }
    }

    private void open(RuntimeFiles given, boolean foreground, Runnable stop) throws IOException {
        // A path that is too long must be told before anything is made.
        Path engineSocket = given.engineSocket();
        Path nbdSocket = given.nbdSocket();
        given.prepareRuntimeDirectory();
        EngineLock lock = EngineLock.take(given.engineLock());
        undo.push(lock::release);

        createPrivate(given.dataDirectory());
        EngineLog.open(given.engineLog(), foreground);
        LOG.log(
                Level.INFO,
                "engine " + EngineVersion.current() + " starts, process "
                        + ProcessHandle.current().pid());

        VerbsOfThisProcess verbs = new VerbsOfThisProcess();
        if (verbs.caller().isRoot()) {
            becomeIoFlusher();
        }
        RuntimeFiles files = given.withArenaDirectory(ArenaPlace.choose(given, verbs));
        createPrivate(files.configDirectory());
        DefinitionDirectory definitions = DefinitionDirectory.open(files.configDirectory());
        ArenaDirectory arenas = openArenas(files.arenaDirectory());
        undo.push(arenas::close);

        EventHistory events = new EventHistory();
        Exports exports = new Exports();
        AttachmentReader attached = new AttachmentReader(
                Path.of("/"), verbs.caller().uid(), arenas.path().toString());
        SqueezeThread squeezing = new SqueezeThread(new IdlePace(Path.of("/")));
        undo.push(squeezing::close);
        Disks disks = new Disks(new DiskHouse(
                definitions,
                arenas.path(),
                new MemoryHeadroom(Path.of("/"))::allows,
                exports,
                squeezing,
                files::diskUri,
                events,
                attached::of));
        undo.push(() -> {
            if (!disks.closeAll(DISK_PATIENCE)) {
                // A disk is still being changed: the locks stay until the process has ended, so that no other engine
                // opens its files before.
                undo.clear();
            }
        });
        disks.openAll();
        DiskWatch watch = DiskWatch.start(disks);
        undo.push(watch::close);
        if (lock.isTakenFromTheDead()) {
            events.happened(EventKind.ENGINE_RESTARTED, Severity.WARNING, null, disks.count());
        }

        VolumeHouse house = new VolumeHouse(
                Path.of("/"),
                VolumeDirectory.open(files.configDirectory()),
                verbs,
                verbs.caller(),
                new KernelOfThisMachine(),
                files.arenaDirectory());
        VolumeService volumes = openVolumes(house, disks, events);

        InsightService insight =
                new InsightService(disks, () -> volumes.list(false).volumes());
        undo.push(insight::close);
        insight.start();

        NbdServer nbd = NbdServer.listen(nbdSocket, exports);
        undo.push(nbd::close);

        AttachHouse attachHouse = new AttachHouse(disks, nbdSocket, verbs, verbs.caller());
        Attachments attachments = new Attachments(attachHouse, attached);
        AttachmentKeeper keeper = new AttachmentKeeper(attached, attachments);
        undo.push(keeper::close);
        keeper.start();

        Comparer comparer = new Comparer(new Comparer.Place(
                arenas.path(),
                new MemoryHeadroom(Path.of("/"))::allows,
                volumes,
                verbs.caller().uid() == ROOT));
        undo.push(comparer::close);

        EngineService service = new EngineService(
                files,
                disks,
                insight,
                new Jobs(),
                attachments,
                volumes,
                new ConfigurationService(house, new ConfigDisks(disks), new SystemFiles(Path.of("/"))),
                comparer,
                events,
                export -> channel -> nbd.serve(channel, ExportDirectory.only(export)),
                stop);
        RpcServer server = RpcServer.start(engineSocket, service);
        undo.push(server::close);
        rpc = server;
        LOG.log(
                Level.INFO,
                "ready with " + disks.count() + " disks, "
                        + ProcessClock.ageOfThisProcess(Path.of("/proc")).toMillis() + " ms after its start");
    }

    /** Only root can, and for all threads that are made from here on: what they allocate never waits for a disk of ours. */
    private static void becomeIoFlusher() {
        try {
            ProcessCalls.becomeIoFlusher();
        } catch (KernelException e) {
            LOG.log(Level.INFO, "this root may not become one that others' writes wait for: " + e.getMessage());
        }
    }

    private VolumeService openVolumes(VolumeHouse house, Disks disks, EventSink events) throws IOException {
        VolumeService volumes = new VolumeService(house, disks::list);
        VolumeKeeper keeper = volumes.keeper(events);
        undo.push(keeper::close);
        keeper.start();
        return volumes;
    }

    /**
     * Closes everything within a bounded time; disks and definitions stay. Returns when it is done, also for a second
     * caller. Front ends stay connected: that their connection ends is how they see that the process is gone.
     */
    synchronized void stop() {
        if (stopped) {
            return;
        }
        stopped = true;
        LOG.log(Level.INFO, "the engine stops");
        Thread guard = new Thread(EngineProcess::endIfStuck, "stop-guard");
        guard.setDaemon(true);
        guard.start();
        undoAll();
        guard.interrupt();
    }

    /** Hangs up on all front ends, as the end of the process would. */
    synchronized void hangUp() {
        if (rpc != null) {
            rpc.closeConnections();
        }
    }

    private static void endIfStuck() {
        try {
            Thread.sleep(STOP_AT_MOST.toMillis());
            LOG.log(Level.ERROR, "the engine could not be stopped in order; it ends now, all data stay");
            Runtime.getRuntime().halt(0);
        } catch (InterruptedException e) {
            // It was stopped in order.
            Thread.currentThread().interrupt();
        }
    }

    private void undoAll() {
        while (!undo.isEmpty()) {
            try {
                undo.pop().run();
            } catch (IOException e) {
                LOG.log(Level.WARNING, "a part of the engine did not close", e);
            } catch (InterruptedException e) {
                LOG.log(Level.WARNING, "interrupted while the engine stops; the rest is closed without waiting", e);
                Thread.currentThread().interrupt();
            }
        }
    }

    private static ArenaDirectory openArenas(Path path) throws IOException {
        Path parent = path.getParent();
        if (parent != null) {
            createPrivate(parent);
        }
        try {
            return ArenaDirectory.open(path);
        } catch (StoreException e) {
            // The sentence of the error names the directory already.
            String reason = String.valueOf(e.getMessage()).replace(path + " cannot be used: ", "");
            throw new CramdiskException(ErrorKind.ARENA_UNUSABLE, e, path, reason);
        } catch (IOException e) {
            throw new CramdiskException(ErrorKind.ARENA_UNUSABLE, e, path, e.toString());
        }
    }

    /** Creates what is missing with mode 0700; what is there keeps its mode. */
    private static void createPrivate(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
    }
}
