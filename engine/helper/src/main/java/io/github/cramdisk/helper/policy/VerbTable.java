// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.helper.policy;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.volume.DeviceFilesystem;
import io.github.cramdisk.api.volume.DeviceSwap;
import io.github.cramdisk.api.volume.MountTarget;
import io.github.cramdisk.api.volume.RamfsSpec;
import io.github.cramdisk.api.volume.SizeLimit;
import io.github.cramdisk.api.volume.TmpfsChange;
import io.github.cramdisk.api.volume.TmpfsSpec;
import io.github.cramdisk.api.volume.VolumeKind;
import io.github.cramdisk.api.volume.ZramSpec;
import io.github.cramdisk.helper.gate.Action;
import io.github.cramdisk.helper.gate.Gate;
import io.github.cramdisk.helper.serve.Request;
import io.github.cramdisk.helper.serve.Verb;
import io.github.cramdisk.helper.wire.HelperMethods;
import io.github.cramdisk.helper.wire.RecordCodec;
import io.github.cramdisk.helper.wire.RecordCodec.MismatchException;
import io.github.cramdisk.host.verb.Caller;
import io.github.cramdisk.host.verb.CreatedZram;
import io.github.cramdisk.host.verb.Guard;
import io.github.cramdisk.host.verb.MountedVolume;
import io.github.cramdisk.host.verb.Verbs;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.freedesktop.dbus.types.Variant;
import org.jspecify.annotations.Nullable;

/** The verbs of the helper: each read, judged, done, recorded, and told to the journal. Thread-safe. */
public final class VerbTable {
    private static final System.Logger LOG = System.getLogger(VerbTable.class.getName());
    private static final String NO_LIMIT = "no limit";
    private static final String ALL_OF_IT = "all that is in it";

    private final Gate gate;
    private final OwnedVolumes owned;
    private final Function<Guard, Verbs> verbs;
    private final long ramBytes;
    private final DiskVerbTable disks;

    /**
     * @param verbs makes the verbs of one request, with the guard that judges its objects
     * @param ramBytes all memory of the machine
     * @param callers takes connections over from those who call
     */
    public VerbTable(
            Gate gate, OwnedVolumes owned, Function<Guard, Verbs> verbs, long ramBytes, CallerProcesses callers) {
        this.gate = gate;
        this.owned = owned;
        this.verbs = verbs;
        this.ramBytes = ramBytes;
        this.disks = new DiskVerbTable(this, callers);
    }

    /** By the names of their methods. */
    public Map<String, Verb> byName() {
        Map<String, Verb> all = new HashMap<>(new ConfigurationVerbs(gate, owned, verbs).byName());
        all.putAll(disks.byName());
        all.putAll(Map.of(
                HelperMethods.MOUNT_TMPFS, this::mountTmpfs,
                HelperMethods.REMOUNT_TMPFS, this::remountTmpfs,
                HelperMethods.MOUNT_RAMFS, this::mountRamfs,
                HelperMethods.UNMOUNT, this::unmount,
                HelperMethods.CREATE_ZRAM, this::createZram,
                HelperMethods.CHANGE_ZRAM, this::changeZram,
                HelperMethods.RESET_ZRAM, this::resetZram,
                HelperMethods.REMOVE_ZRAM, this::removeZram,
                HelperMethods.MAKE_ARENA, this::makeArena));
        return Map.copyOf(all);
    }

    /** What is done once the objects are known; the guard is asked from within. */
    @FunctionalInterface
    interface Deed<T> {
        T run(Verbs verbs, Caller caller);
    }

    private Map<String, Variant<?>> mountTmpfs(Request request) throws MismatchException {
        TmpfsSpec spec = RecordCodec.decode(TmpfsSpec.class, request.body());
        Wish wish = new Wish(
                Action.MOUNT,
                Rules.isOrdinary(spec, user(request), ramBytes),
                "mount",
                "a tmpfs",
                spec.target(),
                sizeText(spec.size()));
        return mount(request, wish, (local, caller) -> local.mountTmpfs(caller, spec));
    }

    /** A ramfs has no limit, so it is never ordinary. */
    private Map<String, Variant<?>> mountRamfs(Request request) throws MismatchException {
        RamfsSpec spec = RecordCodec.decode(RamfsSpec.class, request.body());
        Wish wish = new Wish(Action.MOUNT_SYSTEM, false, "mount", "a ramfs", spec.target(), NO_LIMIT);
        return mount(request, wish, (local, caller) -> local.mountRamfs(caller, spec));
    }

    private Map<String, Variant<?>> mount(Request request, Wish wish, Deed<MountedVolume> deed) {
        RequestGuard guard = guard(request, wish);
        return owned.inPlace(user(request).uid(), () -> {
            MountedVolume mounted = run(request, wish, guard, deed);
            try {
                owned.add(new OwnedVolume.Mount(
                        user(request).uid(),
                        guard.wasOrdinary(),
                        mounted.target(),
                        mounted.type(),
                        mounted.mountId(),
                        mounted.device()));
            } catch (IOException e) {
                // Without a record its owner could not take it away again.
                verbs.apply(Guard.NONE).unmount(Caller.ROOT, mounted.target(), kindOf(mounted), true);
                throw unrecorded(e);
            }
            return RecordCodec.encode(mounted);
        });
    }

    private static VolumeKind kindOf(MountedVolume mounted) {
        return mounted.type().equals("ramfs") ? VolumeKind.RAMFS : VolumeKind.TMPFS;
    }

    private Map<String, Variant<?>> remountTmpfs(Request request) throws MismatchException {
        TmpfsChange change = RecordCodec.decode(TmpfsChange.class, request.body());
        Wish wish = new Wish(
                Action.MOUNT,
                Rules.isOrdinary(change, user(request), ramBytes),
                "change",
                "the tmpfs",
                change.target(),
                change.size() == null ? "its size stays" : sizeText(change.size()));
        RequestGuard guard = guard(request, wish);
        run(request, wish, guard, (local, caller) -> {
            local.remountTmpfs(caller, change);
            return wish;
        });
        return Map.of();
    }

    private Map<String, Variant<?>> unmount(Request request) throws MismatchException {
        HelperMethods.Unmount unmount = RecordCodec.decode(HelperMethods.Unmount.class, request.body());
        MountTarget.check(unmount.target());
        Wish wish = new Wish(
                null,
                true,
                "unmount",
                "the " + unmount.kind().name().toLowerCase(Locale.ROOT),
                unmount.target(),
                ALL_OF_IT);
        RequestGuard guard = guard(request, wish);
        run(request, wish, guard, (local, caller) -> {
            local.unmount(caller, unmount.target(), unmount.kind(), unmount.lazily());
            return wish;
        });
        guard.changed().ifPresent(owned::remove);
        return Map.of();
    }

    private Map<String, Variant<?>> createZram(Request request) throws MismatchException {
        ZramSpec spec = RecordCodec.decode(ZramSpec.class, request.body());
        Wish wish = wish("create", spec, user(request), "a new device");
        RequestGuard guard = guard(request, wish);
        return owned.inPlace(user(request).uid(), () -> {
            if (!(spec.use() instanceof DeviceFilesystem)) {
                guard.judgeWish();
            }
            CreatedZram created = run(request, wish, guard, (local, caller) -> local.createZram(caller, spec));
            record(request, guard, created, spec);
            return RecordCodec.encode(created);
        });
    }

    private void record(Request request, RequestGuard guard, CreatedZram created, @Nullable ZramSpec spec) {
        try {
            owned.add(new OwnedVolume.Zram(
                    user(request).uid(),
                    guard.wasOrdinary(),
                    created.device().number(),
                    created.sequence(),
                    spec != null && spec.use() instanceof DeviceSwap));
        } catch (IOException e) {
            verbs.apply(Guard.NONE).removeZram(Caller.ROOT, created.device());
            throw unrecorded(e);
        }
    }

    private Map<String, Variant<?>> changeZram(Request request) throws MismatchException {
        HelperMethods.ChangeZram change = RecordCodec.decode(HelperMethods.ChangeZram.class, request.body());
        ByteSize limit = change.change().memLimit();
        String place = change.device().toString();
        boolean upkeep = change.change().doesUpkeep() && change.change().keepsLimit();
        Wish wish = upkeep
                ? new Wish(null, true, "keep up", "the zram device", place, ALL_OF_IT)
                : new Wish(
                        Action.ZRAM,
                        true,
                        "change",
                        "the zram device",
                        place,
                        limit == null ? "memory limit taken away or kept" : "memory limit " + limit.format());
        RequestGuard guard = upkeep ? RequestGuard.ofUpkeep(gate, owned, request, wish) : guard(request, wish);
        run(request, wish, guard, (local, caller) -> {
            local.changeZram(caller, change.device(), change.change());
            return wish;
        });
        return Map.of();
    }

    private Map<String, Variant<?>> resetZram(Request request) throws MismatchException {
        HelperMethods.ResetZram reset = RecordCodec.decode(HelperMethods.ResetZram.class, request.body());
        ZramSpec again = reset.again();
        String place = reset.device().toString();
        Wish wish = again == null
                ? new Wish(Action.ZRAM, true, "empty", "the zram device", place, ALL_OF_IT)
                : wish("empty and set up again", again, user(request), place);
        RequestGuard guard = guard(request, wish);
        CreatedZram created =
                run(request, wish, guard, (local, caller) -> local.resetZram(caller, reset.device(), again));
        guard.changed().ifPresent(owned::remove);
        record(request, guard, created, again);
        return RecordCodec.encode(created);
    }

    private Map<String, Variant<?>> removeZram(Request request) throws MismatchException {
        HelperMethods.RemoveZram remove = RecordCodec.decode(HelperMethods.RemoveZram.class, request.body());
        Wish wish = new Wish(
                null, true, "remove", "the zram device", remove.device().toString(), ALL_OF_IT);
        RequestGuard guard = guard(request, wish);
        run(request, wish, guard, (local, caller) -> {
            local.removeZram(caller, remove.device());
            return wish;
        });
        guard.changed().ifPresent(owned::remove);
        return Map.of();
    }

    private Map<String, Variant<?>> makeArena(Request request) throws MismatchException {
        HelperMethods.MakeArena make = RecordCodec.decode(HelperMethods.MakeArena.class, request.body());
        if (make.size().bytes() == 0) {
            throw new CramdiskException(ErrorKind.INVALID_SIZE_LIMIT, "0");
        }
        Wish wish = new Wish(
                Action.MOUNT,
                make.size().bytes() <= ramBytes,
                "make",
                "the memory for disks of user " + user(request).uid(),
                "/run/cramdisk",
                make.size().format());
        RequestGuard guard = guard(request, wish);
        guard.judgeWish();
        String directory = run(request, wish, guard, (local, caller) -> local.makeArenaDirectory(caller, make.size()));
        return RecordCodec.encode(new HelperMethods.Arena(directory));
    }

    /** Swap concerns the whole machine, whoever's it is. */
    private static Wish wish(String verb, ZramSpec spec, Caller caller, String device) {
        boolean swap = spec.use() instanceof DeviceSwap;
        String kind = swap ? "compressed swap" : "a zram device";
        String place = device;
        if (spec.use() instanceof DeviceFilesystem filesystem) {
            kind = "a zram device with " + filesystem.type().text();
            place = filesystem.target();
        }
        if (spec.backingDevice() != null) {
            kind += " that writes to " + spec.backingDevice() + " and erases what is on it";
        }
        return new Wish(
                swap ? Action.SWAP : Action.ZRAM,
                Rules.isOrdinary(spec, caller),
                verb,
                kind,
                place,
                spec.size().format());
    }

    <T> T run(Request request, Wish wish, RequestGuard guard, Deed<T> deed) {
        String who = "uid " + user(request).uid() + " (" + request.client().uniqueName() + "): ";
        try {
            T result = deed.run(verbs.apply(guard), user(request));
            LOG.log(Level.INFO, who + wish.sentence() + ": done");
            return result;
        } catch (CramdiskException e) {
            LOG.log(Level.INFO, who + wish.sentence() + ": " + e.kind());
            throw e;
        }
    }

    RequestGuard guard(Request request, Wish wish) {
        return new RequestGuard(gate, owned, request, wish);
    }

    static Caller user(Request request) {
        return request.client().user();
    }

    private static String sizeText(@Nullable SizeLimit size) {
        return size == null ? "half of the memory" : size.toString();
    }

    private static CramdiskException unrecorded(IOException e) {
        return new CramdiskException(
                ErrorKind.INTERNAL, e, "what was made could not be recorded, and was undone (" + e + ")");
    }
}
