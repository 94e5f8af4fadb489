// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.helper.serve;

import io.github.cramdisk.helper.gate.Client;
import io.github.cramdisk.helper.wire.BusErrors;
import io.github.cramdisk.helper.wire.BusException;
import io.github.cramdisk.helper.wire.SystemBus;
import io.github.cramdisk.host.verb.Caller;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.freedesktop.dbus.types.Variant;
import org.jspecify.annotations.Nullable;

/**
 * Asks the bus who is behind a connection and in which groups it is, and the system's user database for the main one.
 * Thread-safe.
 */
final class CallerLookup {
    /** Asks every source of users that the machine has, unlike /etc/passwd. */
    private static final String GETENT = "/usr/bin/getent";

    /** Keys of GetConnectionCredentials of the D-Bus specification. */
    private static final String UID = "UnixUserID";

    private static final String GROUPS = "UnixGroupIDs";

    private static final int GID_FIELD = 3;
    private static final long GETENT_SECONDS = 10;

    /** A helper lives for minutes; users do not change their group meanwhile. */
    private static final int REMEMBERED = 256;

    private final SystemBus bus;
    private final Map<Long, Long> groups = new ConcurrentHashMap<>();

    CallerLookup(SystemBus bus) {
        this.bus = bus;
    }

    /** @throws BusException when the connection has left already, or its user is not known to this machine */
    Client find(String uniqueName) throws BusException {
        List<Object> answer = bus.callBus("GetConnectionCredentials", "s", uniqueName);
        if (answer.size() != 1
                || !(answer.get(0) instanceof Map<?, ?> credentials)
                || !(value(credentials, UID) instanceof Number uid)) {
            throw new BusException(BusErrors.FAILED, List.of("the bus does not tell who " + uniqueName + " is"));
        }
        long user = uid.longValue();
        return new Client(uniqueName, new Caller(user, rememberedGroup(user), groups(value(credentials, GROUPS))));
    }

    /** Those of the process when it connected; none where the bus does not tell (dbus before 1.13.16). */
    private static Set<Long> groups(@Nullable Object told) {
        Set<Long> groups = new HashSet<>();
        if (told instanceof List<?> list) {
            list.forEach(group -> groups.add(((Number) group).longValue()));
        } else if (told instanceof Object[] array) {
            Arrays.stream(array).forEach(group -> groups.add(((Number) group).longValue()));
        }
        return groups;
    }

    private static @Nullable Object value(Map<?, ?> credentials, String key) {
        return credentials.get(key) instanceof Variant<?> variant ? variant.getValue() : null;
    }

    private long rememberedGroup(long uid) throws BusException {
        Long known = groups.get(uid);
        if (known != null) {
            return known;
        }
        long group = mainGroup(uid);
        if (groups.size() < REMEMBERED) {
            groups.put(uid, group);
        }
        return group;
    }

    private static long mainGroup(long uid) throws BusException {
        if (uid == 0) {
            return 0;
        }
        try {
            ProcessBuilder getent = new ProcessBuilder(GETENT, "passwd", Long.toString(uid));
            getent.environment().clear();
            getent.redirectError(ProcessBuilder.Redirect.DISCARD);
            Process process = getent.start();
            process.getOutputStream().close();
            if (!process.waitFor(GETENT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw unknown(uid);
            }
            String line = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            String[] fields = line.strip().split(":", -1);
            if (process.exitValue() != 0 || fields.length <= GID_FIELD) {
                throw unknown(uid);
            }
            return Long.parseLong(fields[GID_FIELD]);
        } catch (IOException | NumberFormatException e) {
            throw unknown(uid);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unknown(uid);
        }
    }

    private static BusException unknown(long uid) {
        return new BusException(
                "io.github.cramdisk.UnknownUser", List.of("user " + Long.toString(uid) + " is not known here"));
    }
}
