// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.manual;

import io.github.cramdisk.cli.CommandModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Writes them into a directory: {@code man/*.1}, {@code cramdisk.bash}, {@code cramdisk.zsh}, {@code cramdisk.fish}. */
public final class Main {
    private Main() {}

    /** @param arguments the directory, the version and the day of the release, such as 2026-01-31 */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 3) {
            throw new IllegalArgumentException("usage: DIRECTORY VERSION DAY");
        }
        write(Path.of(arguments[0]), arguments[1], arguments[2]);
    }

    static void write(Path directory, String version, String day) throws IOException {
        CommandLine root = CommandModel.whole();
        Path pages = Files.createDirectories(directory.resolve("man"));
        for (CommandSpec spec : commands(root.getCommandSpec()).toList()) {
            ManPage page = new ManPage(spec, version, day);
            Files.writeString(pages.resolve(ManPage.name(spec) + ".1"), page.text());
        }
        Files.writeString(directory.resolve("cramdisk.bash"), AutoComplete.bash("cramdisk", root));
        Files.writeString(directory.resolve("cramdisk.zsh"), ZshCompletion.of(root.getCommandSpec()));
        Files.writeString(directory.resolve("cramdisk.fish"), FishCompletion.of(root.getCommandSpec()));
    }

    /** A command and all below it. */
    static Stream<CommandSpec> commands(CommandSpec spec) {
        return Stream.concat(Stream.of(spec), subcommands(spec).stream().flatMap(Main::commands));
    }

    /** Those right below a command, by name. */
    static List<CommandSpec> subcommands(CommandSpec spec) {
        return spec.subcommands().values().stream()
                .map(CommandLine::getCommandSpec)
                .sorted(Comparator.comparing(CommandSpec::name))
                .toList();
    }
}
