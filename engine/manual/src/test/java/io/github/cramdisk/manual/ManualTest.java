// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.manual;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cramdisk.cli.CommandModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

class ManualTest {
    @TempDir
    Path directory;

    @Test
    void everyCommandHasItsPageWithAllOptionsAndAPlaceInEveryCompletion() throws IOException {
        Main.write(directory, "1.2", "2026-01-31");
        String zsh = Files.readString(directory.resolve("cramdisk.zsh"));
        String fish = Files.readString(directory.resolve("cramdisk.fish"));
        String bash = Files.readString(directory.resolve("cramdisk.bash"));
        List<CommandSpec> commands =
                Main.commands(CommandModel.whole().getCommandSpec()).toList();
        try (Stream<Path> pages = Files.list(directory.resolve("man"))) {
            assertThat(pages).hasSameSizeAs(commands);
        }
        for (CommandSpec spec : commands) {
            String page = Files.readString(directory.resolve("man/" + ManPage.name(spec) + ".1"));
            assertThat(page)
                    .contains(".TH ", "2026-01-31 \"Cramdisk 1.2\"", ".SH NAME", ".SH SYNOPSIS", ".SH SEE ALSO");
            assertThat(zsh).contains("_" + spec.qualifiedName("_").replace('-', '_') + "() {");
            assertThat(bash).contains(spec.name());
            for (OptionSpec option :
                    spec.options().stream().filter(each -> !each.hidden()).toList()) {
                assertThat(page).contains("\\fB" + ManPage.escape(option.longestName()) + "\\fR");
                if (spec.subcommands().isEmpty()) {
                    assertThat(fish).contains("-l " + option.longestName().substring(2));
                }
            }
        }
    }

    @Test
    void textIsNoRequestAndNoEscapeOfRoff() {
        assertThat(ManPage.escape(".br")).isEqualTo("\\&.br");
        assertThat(ManPage.escape("'a' \\n --x")).isEqualTo("\\(aqa\\(aq \\(rsn \\-\\-x");
        assertThat(ManPage.escape("2 × 3")).isEqualTo("2 \\[u00D7] 3");
    }
}
