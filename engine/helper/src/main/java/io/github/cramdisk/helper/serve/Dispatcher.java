// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.helper.serve;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.helper.wire.BusErrors;
import io.github.cramdisk.helper.wire.BusException;
import io.github.cramdisk.helper.wire.HelperFault;
import io.github.cramdisk.helper.wire.HelperMethods;
import io.github.cramdisk.helper.wire.HelperNames;
import io.github.cramdisk.helper.wire.RecordCodec.MismatchException;
import io.github.cramdisk.helper.wire.SystemBus;
import java.lang.System.Logger.Level;
import java.util.Map;
import org.freedesktop.dbus.exceptions.DBusException;
import org.freedesktop.dbus.exceptions.DBusExecutionException;
import org.freedesktop.dbus.messages.MethodCall;
import org.freedesktop.dbus.types.Variant;

/**
 * Answers one call: checks what it is before its arguments are parsed, finds out who calls, runs the verb. Every call
 * that wants an answer gets one. Thread-safe.
 */
public final class Dispatcher {
    private static final System.Logger LOG = System.getLogger(Dispatcher.class.getName());

    private static final String VERB_SIGNATURE = HelperMethods.SIGNATURE;
    /** A request holds a few paths and numbers; see PATH_MAX. */
    private static final int LONGEST_CALL_BYTES = 64 << 10;

    private static final String INTROSPECTABLE = "org.freedesktop.DBus.Introspectable";
    private static final String PEER = "org.freedesktop.DBus.Peer";

    private final SystemBus bus;
    private final CallerLookup callers;
    private final Map<String, Verb> verbs;

    /** @param verbs by the names of their methods */
    public Dispatcher(SystemBus bus, Map<String, Verb> verbs) {
        this.bus = bus;
        this.callers = new CallerLookup(bus);
        this.verbs = Map.copyOf(verbs);
    }

    void answer(MethodCall call) {
        try {
            try {
                route(call);
            } catch (Refusal e) {
                bus.refuse(call, e.errorName(), "s", String.valueOf(e.getMessage()));
            } catch (CramdiskException e) {
                bus.refuse(call, HelperFault.nameOf(e), HelperFault.SIGNATURE, HelperFault.bodyOf(e));
            } catch (BusException e) {
                LOG.log(Level.INFO, call.getName() + " of " + call.getSource() + " is not answered: " + e.getMessage());
                bus.refuse(call, BusErrors.ACCESS_DENIED, "s", "it is not known who calls");
            } catch (RuntimeException e) {
                // The edge of this thread: whatever it was, the caller is told and the helper goes on.
                LOG.log(Level.ERROR, call.getName() + " of " + call.getSource() + " failed", e);
                CramdiskException told = new CramdiskException(ErrorKind.INTERNAL, e, "in the privileged helper");
                bus.refuse(call, HelperFault.nameOf(told), HelperFault.SIGNATURE, HelperFault.bodyOf(told));
            }
        } catch (DBusException | DBusExecutionException e) {
            LOG.log(Level.WARNING, "an answer could not be sent to " + call.getSource() + ": " + e);
        }
    }

    private void route(MethodCall call) throws Refusal, BusException, DBusException {
        String interfaceName = call.getInterface() == null ? "" : call.getInterface();
        String signature = call.getSig() == null ? "" : call.getSig();
        switch (interfaceName) {
            case PEER -> {
                require(
                        call.getName().equals("Ping") && signature.isEmpty(),
                        BusErrors.UNKNOWN_METHOD,
                        "no such method");
                bus.answer(call, "");
            }
            case INTROSPECTABLE -> {
                require(
                        call.getName().equals("Introspect") && signature.isEmpty(),
                        BusErrors.UNKNOWN_METHOD,
                        "no such method");
                bus.answer(call, "s", Introspection.of(call.getPath(), verbs.keySet()));
            }
            case HelperNames.INTERFACE -> {
                require(HelperNames.PATH.equals(call.getPath()), BusErrors.UNKNOWN_OBJECT, "no such object");
                Verb verb = verbs.get(call.getName());
                if (verb == null) {
                    throw new Refusal(BusErrors.UNKNOWN_METHOD, "no such method");
                }
                require(signature.equals(VERB_SIGNATURE), BusErrors.INVALID_ARGS, "the argument is of type a{sv}");
                run(call, verb);
            }
            default -> throw new Refusal(BusErrors.UNKNOWN_INTERFACE, "no such interface");
        }
    }

    private void run(MethodCall call, Verb verb) throws Refusal, BusException, DBusException {
        require(length(call) <= LONGEST_CALL_BYTES, BusErrors.LIMITS_EXCEEDED, "the call is too long");
        Map<?, ?> body = body(call);
        Request request = new Request(callers.find(call.getSource()), (call.getFlags() & SystemBus.MAY_ASK) != 0, body);
        Map<String, Variant<?>> result;
        try {
            result = verb.run(request);
        } catch (MismatchException e) {
            throw new Refusal(BusErrors.INVALID_ARGS, String.valueOf(e.getMessage()));
        }
        bus.answer(call, VERB_SIGNATURE, result);
    }

    /** Only here does the library parse what a stranger wrote, and it may fail in any way. */
    private static Map<?, ?> body(MethodCall call) throws Refusal {
        try {
            Object[] parameters = call.getParameters();
            if (parameters != null && parameters.length == 1 && parameters[0] instanceof Map<?, ?> map) {
                return map;
            }
        } catch (DBusException | RuntimeException e) {
            LOG.log(Level.DEBUG, "a call of " + call.getSource() + " cannot be parsed: " + e);
        }
        throw new Refusal(BusErrors.INVALID_ARGS, "the argument cannot be read");
    }

    private static long length(MethodCall call) {
        long length = 0;
        for (byte[] part : call.getWireData()) {
            length += part == null ? 0 : part.length;
        }
        return length;
    }

    private static void require(boolean condition, String errorName, String message) throws Refusal {
        if (!condition) {
            throw new Refusal(errorName, message);
        }
    }
}
