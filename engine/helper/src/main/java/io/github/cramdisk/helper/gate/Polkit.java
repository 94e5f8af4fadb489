// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.helper.gate;

import io.github.cramdisk.helper.wire.BusException;
import io.github.cramdisk.helper.wire.SystemBus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.freedesktop.dbus.types.UInt32;
import org.freedesktop.dbus.types.Variant;

/**
 * Calls of the polkit authority; see
 * {@code https://www.freedesktop.org/software/polkit/docs/latest/eggdbus-interface-org.freedesktop.PolicyKit1.Authority.html}.
 * Thread-safe.
 */
final class Polkit {
    private static final String NAME = "org.freedesktop.PolicyKit1";
    private static final String PATH = "/org/freedesktop/PolicyKit1/Authority";
    private static final String INTERFACE = "org.freedesktop.PolicyKit1.Authority";
    private static final String CHECK_SIGNATURE = "(sa{sv})sa{ss}us";
    private static final long NO_QUESTIONS = 0;
    private static final long ALLOW_QUESTIONS = 1;
    private static final String DISMISSED = "polkit.dismissed";

    private static final int AUTHORISED = 0;
    private static final int CHALLENGE = 1;
    private static final int DETAILS = 2;
    private static final int RESULT_FIELDS = 3;

    /**
     * What polkit said.
     *
     * @param authorised go ahead
     * @param challenge it could be granted, if somebody could be asked
     * @param dismissed somebody was asked, and closed the question
     */
    record Answer(boolean authorised, boolean challenge, boolean dismissed) {}

    private final SystemBus bus;

    Polkit(SystemBus bus) {
        this.bus = bus;
    }

    /** Asks without asking anybody. */
    Answer check(String uniqueName, Action action, Map<String, String> details) throws BusException {
        return check(uniqueName, action, details, NO_QUESTIONS, "", SystemBus.QUICK);
    }

    /**
     * Lets polkit ask a person; waits for them.
     *
     * @param cancellation an id not in use, for {@link #cancel}
     */
    Answer ask(String uniqueName, Action action, Map<String, String> details, String cancellation, Duration patience)
            throws BusException {
        return check(uniqueName, action, details, ALLOW_QUESTIONS, cancellation, patience);
    }

    /** Ends a question; whoever waits in {@link #ask} gets an error. */
    void cancel(String cancellation) throws BusException {
        bus.call(NAME, PATH, INTERFACE, "CancelCheckAuthorization", SystemBus.QUICK, "s", cancellation);
    }

    private Answer check(
            String uniqueName,
            Action action,
            Map<String, String> details,
            long flags,
            String cancellation,
            Duration patience)
            throws BusException {
        Object[] subject = {"system-bus-name", Map.of("name", new Variant<>(uniqueName))};
        List<Object> body = bus.call(
                NAME,
                PATH,
                INTERFACE,
                "CheckAuthorization",
                patience,
                CHECK_SIGNATURE,
                subject,
                action.id(),
                details,
                new UInt32(flags),
                cancellation);
        if (body.size() == 1
                && body.get(0) instanceof Object[] result
                && result.length == RESULT_FIELDS
                && result[AUTHORISED] instanceof Boolean authorised
                && result[CHALLENGE] instanceof Boolean challenge
                && result[DETAILS] instanceof Map<?, ?> answerDetails) {
            return new Answer(authorised, challenge, answerDetails.containsKey(DISMISSED));
        }
        throw new BusException("io.github.cramdisk.UnexpectedAnswer", List.of("polkit answered something else"));
    }
}
