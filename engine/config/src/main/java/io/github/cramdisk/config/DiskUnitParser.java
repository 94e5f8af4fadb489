// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.config;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.CodecSpec;
import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.DiskSpec;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.FullPolicy;
import io.github.cramdisk.api.FullWait;
import io.github.cramdisk.api.SqueezeSpec;
import io.github.cramdisk.api.config.ConfigVolume;
import io.github.cramdisk.api.volume.DeviceFilesystem;
import io.github.cramdisk.api.volume.DeviceSwap;
import io.github.cramdisk.api.volume.DeviceUse;
import io.github.cramdisk.api.volume.FileMode;
import io.github.cramdisk.api.volume.FilesystemType;
import io.github.cramdisk.api.volume.MountFlags;
import io.github.cramdisk.api.volume.MountFlagsChange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the commands of {@link DiskCommands} back out of a unit of {@link DiskUnits}. */
final class DiskUnitParser {
    private static final String START = "ExecStart=";
    /** Program, noun, verb, and the name of the disk. */
    private static final int FIRST_OPTION = 4;

    private final Map<String, String> options = new HashMap<>();

    private DiskUnitParser(List<String> words, List<String> flags) {
        for (int i = FIRST_OPTION; i < words.size(); i++) {
            String option = words.get(i);
            boolean isFlag = flags.contains(option);
            if (!option.startsWith("--") || (!isFlag && i + 1 == words.size())) {
                throw notUnderstood(option);
            }
            options.put(option, isFlag ? "" : words.get(++i));
        }
    }

    /** @throws CramdiskException for commands that {@link DiskCommands} does not write */
    static ConfigVolume.Disk parse(String unit) {
        List<List<String>> commands = unit.lines()
                .filter(line -> line.startsWith(START))
                .map(line -> ZramRules.words(
                        line.substring(START.length()).replace("%%", "%").replace("$$", "$")))
                .toList();
        if (commands.isEmpty() || commands.size() > 2 || !isVerb(commands.get(0), "create")) {
            throw notUnderstood("the commands");
        }
        DiskSpec spec = new DiskUnitParser(commands.get(0), List.of("--if-missing", "--read-only"))
                .spec(commands.get(0).get(FIRST_OPTION - 1));
        if (commands.size() == 1) {
            return new ConfigVolume.Disk(spec, null);
        }
        List<String> attach = commands.get(1);
        if (!isVerb(attach, "attach") || !attach.get(FIRST_OPTION - 1).equals(spec.name())) {
            throw notUnderstood("the second command");
        }
        return new ConfigVolume.Disk(
                spec, new DiskUnitParser(attach, List.of("--swap", "--mkdir", "--no-discard")).use());
    }

    private static boolean isVerb(List<String> words, String verb) {
        return words.size() >= FIRST_OPTION
                && words.get(0).endsWith("/cramdisk")
                && words.subList(1, FIRST_OPTION - 1).equals(List.of("disk", verb));
    }

    private DiskSpec spec(String name) {
        CodecSpec codec = required("--codec", CodecSpec::parse);
        SqueezeSpec squeeze = take("--squeeze", SqueezeSpec::parse);
        FullWait wait = take("--full", FullWait::parse);
        take("--if-missing", text -> text);
        DiskSpec spec = new DiskSpec(
                name,
                required("--size", ByteSize::parse),
                codec,
                required("--block-size", ByteSize::parse),
                take("--ram-limit", ByteSize::parse),
                take("--read-only", text -> text) != null,
                new FullPolicy(take("--grow-to", ByteSize::parse), wait == null ? FullWait.AUTO : wait),
                squeeze == null ? SqueezeSpec.defaultFor(codec) : squeeze);
        requireAllTaken();
        return spec;
    }

    private DeviceUse use() {
        String label = take("--label", text -> text);
        UUID uuid = take("--uuid", UUID::fromString);
        DeviceUse use;
        if (take("--swap", text -> text) != null) {
            DeviceSwap.Discard discard = take("--discard", DeviceSwap.Discard::parse);
            use = new DeviceSwap(
                    take("--priority", Integer::valueOf),
                    discard == null ? DeviceSwap.Discard.NONE : discard,
                    label,
                    uuid);
        } else {
            List<String> words = new ArrayList<>();
            String all = take("--options", text -> text);
            Stream.of(all == null ? new String[0] : all.split(",")).forEach(words::add);
            List<String> flags = words.stream().filter(MountFlagsChange::isFlag).toList();
            words.removeAll(flags);
            use = new DeviceFilesystem(
                    required("--fs", FilesystemType::parse),
                    required("--mount", text -> text),
                    take("--mkdir", text -> text) != null,
                    label,
                    uuid,
                    take("--owner", Long::valueOf),
                    take("--group", Long::valueOf),
                    take("--mode", FileMode::parse),
                    MountFlags.parse(String.join(",", flags)),
                    words,
                    take("--no-discard", text -> text) != null);
        }
        requireAllTaken();
        return use;
    }

    private <T> @Nullable T take(String option, Function<String, T> parse) {
        String value = options.remove(option);
        try {
            return value == null ? null : parse.apply(value);
        } catch (IllegalArgumentException e) {
            throw notUnderstood(option + " " + value);
        }
    }

    private <T> T required(String option, Function<String, T> parse) {
        T value = take(option, parse);
        if (value == null) {
            throw notUnderstood("a command without " + option);
        }
        return value;
    }

    private void requireAllTaken() {
        options.keySet().stream().findFirst().ifPresent(option -> {
            throw notUnderstood(option);
        });
    }

    private static CramdiskException notUnderstood(String what) {
        return new CramdiskException(ErrorKind.INVALID_ARGUMENT, "This is not what Cramdisk writes: " + what + ".");
    }
}
