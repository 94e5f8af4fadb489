// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.cli;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.CodecSpec;
import io.github.cramdisk.api.FullWait;
import io.github.cramdisk.api.SqueezeSpec;
import io.github.cramdisk.api.volume.DeviceSwap;
import io.github.cramdisk.api.volume.FileMode;
import io.github.cramdisk.api.volume.FilesystemType;
import io.github.cramdisk.api.volume.HugePages;
import io.github.cramdisk.api.volume.MemoryPolicy;
import io.github.cramdisk.api.volume.SizeLimit;
import io.github.cramdisk.api.volume.VolumeKind;
import io.github.cramdisk.api.volume.ZramAlgorithm;
import io.github.cramdisk.api.volume.ZramDevice;
import io.github.cramdisk.api.volume.ZramPages;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * All commands, put together. Only those that a command line names are built, because reading the annotations of all of
 * them would take longer than most commands do; help, completion and suggestions get the whole tree.
 */
final class CommandTree {
    private static final Map<String, Function<Cli, Verb>> DISK = new LinkedHashMap<>();
    private static final Map<String, Function<Cli, Verb>> TMPFS = new LinkedHashMap<>();
    private static final Map<String, Function<Cli, Verb>> RAMFS = new LinkedHashMap<>();
    private static final Map<String, Function<Cli, Verb>> ZRAM = new LinkedHashMap<>();
    private static final Map<String, Function<Cli, Verb>> JOB = new LinkedHashMap<>();
    private static final Map<String, Function<Cli, Verb>> ENGINE = new LinkedHashMap<>();
    private static final Map<String, Function<Cli, Verb>> CONFIG = new LinkedHashMap<>();
    /** Verbs about all volumes, without a noun before them. */
    private static final Map<String, Function<Cli, Verb>> ALL_VOLUMES = new LinkedHashMap<>();

    private static final Map<String, Noun> NOUNS = new LinkedHashMap<>();

    private record Noun(Supplier<Group> group, Map<String, Function<Cli, Verb>> verbs) {}

    static {
        DISK.put("create", DiskCreate::new);
        DISK.put("list", DiskList::new);
        DISK.put("show", DiskShow::new);
        DISK.put("stats", DiskStatsVerb::new);
        DISK.put("map", DiskMapVerb::new);
        DISK.put("codecs", DiskCodecs::new);
        DISK.put("set", DiskSet::new);
        DISK.put("attach", DiskAttach::new);
        DISK.put("detach", DiskDetach::new);
        DISK.put("resize", DiskResize::new);
        DISK.put("trim", DiskTrim::new);
        DISK.put("squeeze", DiskSqueeze::new);
        DISK.put("reset", DiskReset::new);
        DISK.put("remove", DiskRemove::new);
        DISK.put("serve", DiskServe::new);
        TMPFS.put("mount", TmpfsMount::new);
        TMPFS.put("remount", TmpfsRemount::new);
        TMPFS.put("unmount", cli -> new Unmount(cli, VolumeKind.TMPFS));
        RAMFS.put("mount", RamfsMount::new);
        RAMFS.put("unmount", cli -> new Unmount(cli, VolumeKind.RAMFS));
        ZRAM.put("create", ZramCreate::new);
        ZRAM.put("list", ZramList::new);
        ZRAM.put("show", ZramShow::new);
        ZRAM.put("stats", ZramStatsVerb::new);
        ZRAM.put("set", ZramSet::new);
        ZRAM.put("upkeep", ZramUpkeepVerb::new);
        ZRAM.put("reset", ZramReset::new);
        ZRAM.put("remove", ZramRemove::new);
        CONFIG.put("export", ConfigExportVerb::new);
        CONFIG.put("diff", ConfigDiffVerb::new);
        CONFIG.put("apply", ConfigApplyVerb::new);
        CONFIG.put("revert", ConfigRevertVerb::new);
        CONFIG.put("import", ConfigImportVerb::new);
        JOB.put("list", JobList::new);
        JOB.put("cancel", JobCancel::new);
        ENGINE.put("run", EngineRun::new);
        ENGINE.put("start", EngineStart::new);
        ENGINE.put("stop", EngineStop::new);
        ENGINE.put("restart", EngineRestart::new);
        ENGINE.put("status", EngineStatusVerb::new);
        ENGINE.put("events", EngineEventsVerb::new);
        ALL_VOLUMES.put("list", VolumeListVerb::new);
        ALL_VOLUMES.put("history", History::new);
        ALL_VOLUMES.put("adopt", Adopt::new);
        ALL_VOLUMES.put("doctor", Doctor::new);
        ALL_VOLUMES.put("compare", Compare::new);
        NOUNS.put("disk", new Noun(DiskGroup::new, DISK));
        NOUNS.put("tmpfs", new Noun(TmpfsGroup::new, TMPFS));
        NOUNS.put("ramfs", new Noun(RamfsGroup::new, RAMFS));
        NOUNS.put("zram", new Noun(ZramGroup::new, ZRAM));
        NOUNS.put("config", new Noun(ConfigGroup::new, CONFIG));
        NOUNS.put("job", new Noun(JobGroup::new, JOB));
        NOUNS.put("engine", new Noun(EngineGroup::new, ENGINE));
    }

    private static final String HELP = "help";

    private CommandTree() {}

    @Command(
            name = "cramdisk",
            description = {"Storage that lives in memory.", "Sizes are binary: 1K is 1024 bytes."},
            footer = {
                "",
                "Start here:  cramdisk disk create scratch --size 1G",
                "What there is:  cramdisk list",
                "Help for one command:  cramdisk help disk create",
                "",
                "Exit codes: 0 done, 1 failed, 2 wrong usage, 3 not authorised, 4 not supported on this machine."
            })
    static final class Root extends Group {}

    @Command(name = "disk", description = "Compressed disks in memory, served over NBD.")
    static final class DiskGroup extends Group {}

    @Command(name = "tmpfs", description = "Files in memory, within a limit, swapped when memory is short.")
    static final class TmpfsGroup extends Group {}

    @Command(name = "ramfs", description = "Files in memory, without a limit, never swapped.")
    static final class RamfsGroup extends Group {}

    @Command(name = "zram", description = "Compressed block devices of the kernel, for filesystems and swap.")
    static final class ZramGroup extends Group {}

    @Command(name = "config", description = "Configuration of this system, made from volumes and read into them.")
    static final class ConfigGroup extends Group {}

    @Command(name = "job", description = "Long work of the engine.")
    static final class JobGroup extends Group {}

    @Command(name = "engine", description = "The process that holds the disks.")
    static final class EngineGroup extends Group {}

    /** Runs one command line; never throws. {@code help disk create} is {@code disk create --help}. */
    static int execute(Cli cli, String... arguments) {
        String[] line = arguments;
        if (arguments.length > 0 && arguments[0].equals(HELP)) {
            line = Arrays.copyOfRange(arguments, 1, arguments.length + 1);
            line[arguments.length - 1] = "--" + HELP;
        }
        return build(cli, line).execute(line);
    }

    /** The whole tree; others get it from {@link CommandModel}. */
    static CommandLine whole(Cli cli) {
        return build(cli);
    }

    private static CommandLine build(Cli cli, String... arguments) {
        CommandLine root = new CommandLine(new Root());
        Noun noun = arguments.length >= 2 ? NOUNS.get(arguments[0]) : null;
        Function<Cli, Verb> alone = arguments.length >= 1 ? ALL_VOLUMES.get(arguments[0]) : null;
        if (noun != null && noun.verbs().containsKey(arguments[1])) {
            Map<String, Function<Cli, Verb>> one = new LinkedHashMap<>(noun.verbs());
            one.keySet().retainAll(Arrays.asList(arguments[1]));
            addGroup(root, cli, arguments[0], noun.group().get(), one);
        } else if (alone != null) {
            root.addSubcommand(arguments[0], alone.apply(cli));
        } else {
            NOUNS.forEach((name, each) -> addGroup(root, cli, name, each.group().get(), each.verbs()));
            ALL_VOLUMES.forEach((verb, maker) -> root.addSubcommand(verb, maker.apply(cli)));
        }
        root.setCaseInsensitiveEnumValuesAllowed(true);
        root.registerConverter(ByteSize.class, ByteSize::parse);
        root.registerConverter(CodecSpec.class, CodecSpec::parse);
        root.registerConverter(FullWait.class, FullWait::parse);
        root.registerConverter(SqueezeSpec.class, SqueezeSpec::parse);
        root.registerConverter(SizeLimit.class, SizeLimit::parse);
        root.registerConverter(FileMode.class, FileMode::parse);
        root.registerConverter(HugePages.class, HugePages::parse);
        root.registerConverter(MemoryPolicy.class, MemoryPolicy::parse);
        root.registerConverter(FilesystemType.class, FilesystemType::parse);
        root.registerConverter(ZramAlgorithm.class, ZramAlgorithm::parse);
        root.registerConverter(ZramPages.class, ZramPages::parse);
        root.registerConverter(ZramDevice.class, ZramDevice::parse);
        root.registerConverter(DeviceSwap.Discard.class, DeviceSwap.Discard::parse);
        root.setUsageHelpAutoWidth(true);
        ErrorReport report = new ErrorReport(cli.terminal());
        root.setParameterExceptionHandler(report);
        root.setExecutionExceptionHandler(report);
        root.setOut(cli.terminal().out());
        root.setErr(cli.terminal().err());
        return root;
    }

    private static void addGroup(
            CommandLine root, Cli cli, String name, Group group, Map<String, Function<Cli, Verb>> verbs) {
        CommandLine line = new CommandLine(group);
        verbs.forEach((verb, maker) -> line.addSubcommand(verb, maker.apply(cli)));
        root.addSubcommand(name, line);
    }
}
