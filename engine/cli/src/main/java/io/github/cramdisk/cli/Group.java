// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.cli;

import io.github.cramdisk.api.Version;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command that only holds others. Called alone it shows what there is, and that is wrong usage. */
@Command(versionProvider = Group.VersionLine.class, synopsisSubcommandLabel = "COMMAND")
abstract class Group implements Callable<Integer> {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show the version.")
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private boolean version;

    @Spec
    private @Nullable CommandSpec spec;

    /** {@code cramdisk 0.1.0}. */
    static final class VersionLine implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"cramdisk " + Version.current()};
        }
    }

    @Override
    public Integer call() {
        CommandSpec known = Objects.requireNonNull(spec);
        throw new ParameterException(
                known.commandLine(), "A command is missing after \"" + known.qualifiedName() + "\".");
    }
}
