// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.cli;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.CodecSpec;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * All commands, put together. Only those that a command line names are built, because reading the annotations of all of
 * them would take longer than most commands do; help, completion and suggestions get the whole tree.
 */
final class CommandTree {
    private static final Map<String, Function<Cli, Verb>> DISK = new LinkedHashMap<>();
    private static final Map<String, Function<Cli, Verb>> ENGINE = new LinkedHashMap<>();

    static {
        DISK.put("create", DiskCreate::new);
        DISK.put("list", DiskList::new);
        DISK.put("show", DiskShow::new);
        DISK.put("stats", DiskStatsVerb::new);
        DISK.put("set", DiskSet::new);
        DISK.put("trim", DiskTrim::new);
        DISK.put("reset", DiskReset::new);
        DISK.put("remove", DiskRemove::new);
        DISK.put("serve", DiskServe::new);
        ENGINE.put("run", EngineRun::new);
        ENGINE.put("start", EngineStart::new);
        ENGINE.put("stop", EngineStop::new);
        ENGINE.put("status", EngineStatusVerb::new);
    }

    private CommandTree() {}

    @Command(
            name = "cramdisk",
            description = {"Storage that lives in memory, compressed.", "Sizes are binary: 1K is 1024 bytes."},
            footer = {
                "",
                "Start here:  cramdisk disk create scratch --size 1G",
                "Help for one command:  cramdisk disk create --help",
                "",
                "Exit codes: 0 done, 1 failed, 2 wrong usage, 3 not authorised, 4 not supported on this machine."
            })
    static final class Root extends Group {}

    @Command(name = "disk", description = "Compressed disks in memory, served over NBD.")
    static final class DiskGroup extends Group {}

    @Command(name = "engine", description = "The process that holds the disks.")
    static final class EngineGroup extends Group {}

    /** Runs one command line; never throws. */
    static int execute(Cli cli, String... arguments) {
        return build(cli, arguments).execute(arguments);
    }

    /** The whole tree: for help and for generators of completion and manual pages. */
    static CommandLine whole(Cli cli) {
        return build(cli);
    }

    private static CommandLine build(Cli cli, String... arguments) {
        CommandLine root = new CommandLine(new Root());
        boolean plain = arguments.length >= 2 && verbs(arguments[0]).containsKey(arguments[1]);
        if (!plain) {
            addGroup(root, cli, "disk", new DiskGroup(), DISK);
            addGroup(root, cli, "engine", new EngineGroup(), ENGINE);
        } else {
            Map<String, Function<Cli, Verb>> one = new LinkedHashMap<>(verbs(arguments[0]));
            one.keySet().retainAll(Arrays.asList(arguments[1]));
            addGroup(root, cli, arguments[0], arguments[0].equals("disk") ? new DiskGroup() : new EngineGroup(), one);
        }
        root.setCaseInsensitiveEnumValuesAllowed(true);
        root.registerConverter(ByteSize.class, ByteSize::parse);
        root.registerConverter(CodecSpec.class, CodecSpec::parse);
        root.setUsageHelpAutoWidth(true);
        ErrorReport report = new ErrorReport(cli.terminal());
        root.setParameterExceptionHandler(report);
        root.setExecutionExceptionHandler(report);
        root.setOut(cli.terminal().out());
        root.setErr(cli.terminal().err());
        return root;
    }

    private static Map<String, Function<Cli, Verb>> verbs(String group) {
        return switch (group) {
            case "disk" -> DISK;
            case "engine" -> ENGINE;
            default -> Map.of();
        };
    }

    private static void addGroup(
            CommandLine root, Cli cli, String name, Group group, Map<String, Function<Cli, Verb>> verbs) {
        CommandLine line = new CommandLine(group);
        verbs.forEach((verb, maker) -> line.addSubcommand(verb, maker.apply(cli)));
        root.addSubcommand(name, line);
    }
}
