// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.helper.policy;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.config.ConfigApplied;
import io.github.cramdisk.api.config.ConfigFormat;
import io.github.cramdisk.api.config.ConfigVolume;
import io.github.cramdisk.helper.gate.Action;
import io.github.cramdisk.helper.gate.Gate;
import io.github.cramdisk.helper.serve.Request;
import io.github.cramdisk.helper.serve.Verb;
import io.github.cramdisk.helper.wire.HelperMethods;
import io.github.cramdisk.helper.wire.RecordCodec;
import io.github.cramdisk.helper.wire.RecordCodec.MismatchException;
import io.github.cramdisk.host.verb.Caller;
import io.github.cramdisk.host.verb.Guard;
import io.github.cramdisk.host.verb.Verbs;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.freedesktop.dbus.types.Variant;

/**
 * The verbs for configuration files. They always ask for the action {@code configure}, for what they write takes effect
 * for everybody at the next start. Text is never taken: the same module that the engine previews with renders it here.
 * Thread-safe.
 */
final class ConfigurationVerbs {
    private static final System.Logger LOG = System.getLogger(ConfigurationVerbs.class.getName());
    /** More are counted, not named, in the question. */
    private static final int NAMED = 3;

    private final Gate gate;
    private final OwnedVolumes owned;
    private final Function<Guard, Verbs> verbs;

    ConfigurationVerbs(Gate gate, OwnedVolumes owned, Function<Guard, Verbs> verbs) {
        this.gate = gate;
        this.owned = owned;
        this.verbs = verbs;
    }

    Map<String, Verb> byName() {
        return Map.of(HelperMethods.CONFIGURE, this::configure, HelperMethods.REVERT_CONFIGURATION, this::revert);
    }

    private Map<String, Variant<?>> configure(Request request) throws MismatchException {
        HelperMethods.Configure wanted = RecordCodec.decode(HelperMethods.Configure.class, request.body());
        Wish wish = new Wish(
                Action.CONFIGURE,
                true,
                wanted.volumes().isEmpty() ? "take away" : "write",
                wanted.volumes().isEmpty()
                        ? "the configuration of Cramdisk's volumes"
                        : "configuration for " + names(wanted.volumes()),
                place(wanted.format()),
                "effective from the next start of this machine");
        return run(request, wish, (local, caller) -> local.configure(caller, wanted.format(), wanted.volumes()));
    }

    private Map<String, Variant<?>> revert(Request request) throws MismatchException {
        ConfigFormat format = RecordCodec.decode(HelperMethods.RevertConfiguration.class, request.body())
                .format();
        Wish wish = new Wish(
                Action.CONFIGURE,
                true,
                "put back",
                "the configuration that was there before Cramdisk's",
                place(format),
                "effective from the next start of this machine");
        return run(request, wish, (local, caller) -> local.revertConfiguration(caller, format));
    }

    private static String names(List<ConfigVolume> volumes) {
        String named = volumes.stream().limit(NAMED).map(ConfigVolume::title).collect(Collectors.joining(", "));
        return volumes.size() > NAMED ? named + " and " + (volumes.size() - NAMED) + " more" : named;
    }

    private static String place(ConfigFormat format) {
        return switch (format) {
            case FSTAB -> "/etc/fstab";
            case SYSTEMD -> "/etc/systemd/system";
            case ZRAM_GENERATOR -> "/etc/systemd/zram-generator.conf.d";
            case NIXOS -> "/etc/nixos/cramdisk.nix";
            default -> "no place";
        };
    }

    private Map<String, Variant<?>> run(Request request, Wish wish, BiFunction<Verbs, Caller, ConfigApplied> deed) {
        Caller caller = request.client().user();
        String who = "uid " + caller.uid() + " (" + request.client().uniqueName() + "): ";
        try {
            RequestGuard guard = new RequestGuard(gate, owned, request, wish);
            guard.judgeWish();
            ConfigApplied applied = deed.apply(verbs.apply(guard), caller);
            LOG.log(Level.INFO, who + wish.sentence() + ": done");
            return RecordCodec.encode(applied);
        } catch (CramdiskException e) {
            LOG.log(Level.INFO, who + wish.sentence() + ": " + e.kind());
            throw e;
        }
    }
}
