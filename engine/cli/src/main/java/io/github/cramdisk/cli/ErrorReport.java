// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.cli;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.ExitCode;
import io.github.cramdisk.api.rpc.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Tells every error in one place: its sentence on standard error, as JSON where the command line has {@code --json},
 * and the exit code of its kind. With {@code CRAMDISK_DEBUG} set, the stack trace follows.
 */
final class ErrorReport implements IParameterExceptionHandler, IExecutionExceptionHandler {
    private static final String DEBUG_VARIABLE = "CRAMDISK_DEBUG";

    /** The JSON of an error. */
    record Failure(String error, String message) {}

    private final Terminal terminal;

    ErrorReport(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public int handleParseException(ParameterException e, String[] arguments) {
        CramdiskException refused = cramdiskCause(e);
        boolean json = List.of(arguments).contains(Verb.JSON);
        CommandLine command = e.getCommandLine();
        if (refused != null) {
            tell(refused.kind(), String.valueOf(refused.getMessage()), json);
        } else {
            tell(ErrorKind.INVALID_ARGUMENT, message(e), json);
        }
        if (!json && refused == null) {
            if (command.getSubcommands().isEmpty() || e instanceof UnmatchedArgumentException) {
                terminal.err().println("Help:  " + command.getCommandSpec().qualifiedName() + " --help");
            } else {
                terminal.err().println();
                command.usage(terminal.err());
            }
        }
        trace(e);
        return ExitCode.USAGE;
    }

    @Override
    public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
        boolean json = parsed.expandedArgs().contains(Verb.JSON);
        CramdiskException failure = e instanceof CramdiskException known
                ? known
                : new CramdiskException(ErrorKind.INTERNAL, e, e.toString());
        tell(failure.kind(), String.valueOf(failure.getMessage()), json);
        trace(e);
        return failure.kind().exitCode();
    }

    private void tell(ErrorKind kind, String message, boolean json) {
        terminal.out().flush();
        terminal.err().println(json ? Json.line(new Failure(kind.name(), message)) : message);
    }

    private static String message(ParameterException e) {
        String message = String.valueOf(e.getMessage());
        String sentence = message.endsWith(".") ? message : message + ".";
        return e instanceof UnmatchedArgumentException unmatched ? unmatched(unmatched, sentence) : sentence;
    }

    private static String unmatched(UnmatchedArgumentException e, String sentence) {
        CommandSpec spec = e.getCommandLine().getCommandSpec();
        String first = e.getUnmatched().get(0);
        boolean command = !spec.subcommands().isEmpty() && !first.startsWith("-");
        String what =
                command ? "There is no command \"" + first + "\" after \"" + spec.qualifiedName() + "\"." : sentence;
        List<String> suggestions = e.getSuggestions();
        return suggestions.isEmpty() ? what : what + " Did you mean: " + String.join(", ", suggestions) + "?";
    }

    private static @Nullable CramdiskException cramdiskCause(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof CramdiskException found) {
                return found;
            }
        }
        return null;
    }

    private void trace(Exception e) {
        String debug = System.getenv(DEBUG_VARIABLE);
        if (debug != null && !debug.isEmpty()) {
            e.printStackTrace(terminal.err());
        }
    }
}
