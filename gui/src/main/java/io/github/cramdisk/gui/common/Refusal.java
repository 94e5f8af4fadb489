// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.common;

import io.github.cramdisk.api.CramdiskException;

/**
 * Why something was not done, as a dialog shows it.
 *
 * @param sentence what happened and why, the API's own
 * @param advice what to do, may be empty
 * @param command that helps, to be copied; may be empty
 */
public record Refusal(String sentence, String advice, String command) {
    /** The sentence alone. */
    public static Refusal of(String sentence) {
        return new Refusal(sentence, "", "");
    }

    /** @param sameInTerminal the command line that does what was refused; may be empty */
    public static Refusal of(CramdiskException error, String sameInTerminal) {
        String sentence = Texts.sentence(error);
        return switch (error.kind()) {
            case HELPER_MISSING -> helperMissing(error, sentence);
            case NBD_MISSING -> withoutKernel(error, sentence);
            case NOT_AUTHORISED ->
                new Refusal(
                        sentence,
                        Texts.of("common.refusal.who-may"),
                        error.arguments().size() > 1
                                ? "pkaction --verbose --action-id "
                                        + error.arguments().get(1)
                                : "");
            case AUTHORISATION_DISMISSED -> new Refusal(sentence, Texts.of("common.refusal.ask-again"), "");
            case NO_AUTHENTICATION_AGENT ->
                new Refusal(
                        sentence,
                        sameInTerminal.isEmpty() ? "" : Texts.of("common.refusal.in-terminal"),
                        sameInTerminal);
            default -> of(sentence);
        };
    }

    private static Refusal helperMissing(CramdiskException error, String sentence) {
        String command = error.arguments().isEmpty() ? "" : error.arguments().get(0);
        // The command has a line of its own, with a button that copies it.
        String withoutCommand = sentence.replace(": " + command, ":");
        return new Refusal(
                withoutCommand.substring(0, withoutCommand.lastIndexOf('.') + 1),
                Texts.of("common.refusal.install"),
                command);
    }

    /** The disk by its URI, which needs nothing of the kernel but FUSE. */
    private static Refusal withoutKernel(CramdiskException error, String sentence) {
        if (error.arguments().size() < 3) {
            return of(sentence);
        }
        String command = " nbdfuse DIR '" + error.arguments().get(2) + "'";
        // The command has a line of its own here too.
        return new Refusal(sentence.replace(command, ""), "", command.strip());
    }
}
