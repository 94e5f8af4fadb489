// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cramdisk.api.ExitCode;
import io.github.cramdisk.api.Version;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;

class HelpTest {
    private static CommandLineRun run(String... arguments) {
        return CommandLineRun.with(new FakeEngine()).run(arguments);
    }

    @Test
    void everyCommandAndOptionIsDescribedAndHelpsWithoutAnEngine() {
        Terminal terminal = new Terminal(
                new StringReader(""),
                new PrintWriter(new StringWriter()),
                new PrintWriter(new StringWriter()),
                false,
                false);
        CommandLine root = CommandTree.whole(new Cli(CommandLineRun.with(new FakeEngine()), terminal));
        root.getSubcommands().forEach((group, groupLine) -> {
            if (groupLine.getSubcommands().isEmpty()) {
                assertDescribed(groupLine, group);
            }
            groupLine.getSubcommands().forEach((verb, verbLine) -> assertDescribed(verbLine, group, verb));
        });
    }

    private static void assertDescribed(CommandLine verbLine, String... words) {
        String name = String.join(" ", words);
        assertThat(verbLine.getCommandSpec().usageMessage().description())
                .as(name)
                .isNotEmpty();
        for (ArgSpec argument : verbLine.getCommandSpec().args()) {
            assertThat(argument.description()).as(name + " " + argument).isNotEmpty();
        }
        CommandLineRun help =
                run(Stream.concat(Stream.of(words), Stream.of("--help")).toArray(String[]::new));
        assertThat(help.exitCode()).as(name).isEqualTo(ExitCode.DONE);
        assertThat(help.out()).contains("Usage: cramdisk " + name, "--json");
        assertThat(help.started()).isFalse();
    }

    @Test
    void theRootListsItsGroupsAndAGroupItsVerbs() {
        assertThat(run("--help").out()).contains("disk", "tmpfs", "zram", "engine", "list", "doctor", "Exit codes");
        assertThat(run("disk", "--help").out()).contains("create", "serve", "stats", "remove");
    }

    @Test
    void tellsTheVersion() {
        assertThat(run("--version").out()).isEqualTo("cramdisk " + Version.current() + "\n");
    }

    @Test
    void withoutACommandItShowsWhatThereIs() {
        CommandLineRun run = run();
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("A command is missing", "Usage: cramdisk");
    }

    @Test
    void aMistypedCommandGetsASuggestion() {
        for (List<String> mistyped : List.of(List.of("disc", "list"), List.of("disk", "lst"))) {
            assertThat(run(mistyped.toArray(String[]::new)).err())
                    .as(mistyped.toString())
                    .contains("Did you mean");
        }
    }

    @Test
    void namesTheCommandThatThereIsNot() {
        CommandLineRun run = run("foo");
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).isEqualTo("There is no command \"foo\" after \"cramdisk\".\nHelp:  cramdisk --help\n");
    }

    @Test
    void helpIsACommandToo() {
        assertThat(run("help").out()).isEqualTo(run("--help").out());
        assertThat(run("help", "disk").out()).isEqualTo(run("disk", "--help").out());
        assertThat(run("help", "disk", "create").out())
                .isEqualTo(run("disk", "create", "--help").out());
    }
}
