// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.helper.gate;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.helper.wire.BusErrors;
import io.github.cramdisk.helper.wire.BusException;
import io.github.cramdisk.helper.wire.SystemBus;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Asks polkit whether a caller may do something. The one authorisation check of the helper. Thread-safe; blocks while a
 * person is asked.
 *
 * <p>polkit is first asked without a person: what needs none then never waits for a question of the same user that is
 * still open.
 */
public final class Gate {
    private static final System.Logger LOG = System.getLogger(Gate.class.getName());
    /** After this the question is withdrawn: nobody is there. */
    private static final Duration PERSON = Duration.ofMinutes(5);

    private final SystemBus bus;
    private final Polkit polkit;
    private final Prompts prompts = new Prompts();

    public Gate(SystemBus bus) {
        this.bus = bus;
        this.polkit = new Polkit(bus);
    }

    /**
     * Returns if the caller may; never otherwise.
     *
     * @param mayAsk whether the caller allows that a person is asked
     * @throws CramdiskException {@link ErrorKind#NOT_AUTHORISED}, {@link ErrorKind#AUTHORISATION_DISMISSED},
     *     {@link ErrorKind#NO_AUTHENTICATION_AGENT}, {@link ErrorKind#AUTHORISATION_PENDING}, or
     *     {@link ErrorKind#HELPER_UNAVAILABLE} when polkit does not answer
     */
    public void pass(Client client, Question question, boolean mayAsk) {
        try {
            Polkit.Answer answer = polkit.check(client.uniqueName(), question.action(), question.details());
            if (!answer.authorised() && answer.challenge() && mayAsk) {
                answer = ask(client, question);
            }
            if (answer.authorised()) {
                return;
            }
            throw refused(answer, question);
        } catch (BusException e) {
            LOG.log(Level.WARNING, "polkit could not be asked whether to " + question.sentence() + ": " + e);
            throw new CramdiskException(ErrorKind.HELPER_UNAVAILABLE, e, "polkit did not answer (" + e.text() + ")");
        }
    }

    private Polkit.Answer ask(Client client, Question question) throws BusException {
        String cancellation = prompts.open(client);
        try {
            // A caller that left before its place was taken is never reported again.
            requirePresence(client);
            return polkit.ask(client.uniqueName(), question.action(), question.details(), cancellation, PERSON);
        } catch (BusException e) {
            if (e.name().equals(BusErrors.NO_REPLY)) {
                polkit.cancel(cancellation);
                throw new CramdiskException(ErrorKind.AUTHORISATION_DISMISSED, e, question.sentence());
            }
            throw e;
        } finally {
            prompts.close(cancellation);
        }
    }

    private void requirePresence(Client client) throws BusException {
        if (!bus.callBus("NameHasOwner", "s", client.uniqueName()).equals(List.of(true))) {
            throw new BusException(BusErrors.NAME_HAS_NO_OWNER, List.of("the caller has left"));
        }
    }

    private static CramdiskException refused(Polkit.Answer answer, Question question) {
        if (answer.dismissed()) {
            return new CramdiskException(ErrorKind.AUTHORISATION_DISMISSED, question.sentence());
        }
        if (answer.challenge()) {
            return new CramdiskException(ErrorKind.NO_AUTHENTICATION_AGENT, question.sentence());
        }
        return new CramdiskException(
                ErrorKind.NOT_AUTHORISED, question.sentence(), question.action().id());
    }

    /** Withdraws the question that a connection waits for, if any: it has left. */
    public void left(String uniqueName) {
        Optional<String> cancellation = prompts.of(uniqueName);
        if (cancellation.isEmpty()) {
            return;
        }
        LOG.log(Level.INFO, uniqueName + " has left while a question was open; it is withdrawn");
        try {
            polkit.cancel(cancellation.get());
        } catch (BusException e) {
            // It was answered in this moment.
            LOG.log(Level.DEBUG, "not cancelled: " + e);
        }
    }
}
