// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.helper.gate;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The questions that wait for a person: one for each user, however many connections they make, and few altogether.
 * Thread-safe.
 */
final class Prompts {
    /** So many users may be asked at once; fewer than the threads that serve, so that others are served meanwhile. */
    static final int MOST = 8;

    private final Map<String, Long> uidByCancellation = new HashMap<>();
    private final Map<String, String> cancellationByName = new HashMap<>();
    private final Set<Long> uids = new HashSet<>();
    private long count;

    /**
     * Takes the place of a caller's question.
     *
     * @return its cancellation id
     * @throws CramdiskException {@link ErrorKind#AUTHORISATION_PENDING}
     */
    synchronized String open(Client client) {
        if (uids.size() >= MOST || !uids.add(client.user().uid())) {
            throw new CramdiskException(ErrorKind.AUTHORISATION_PENDING);
        }
        String cancellation = "cramdisk-" + ++count;
        uidByCancellation.put(cancellation, client.user().uid());
        cancellationByName.put(client.uniqueName(), cancellation);
        return cancellation;
    }

    synchronized void close(String cancellation) {
        Long uid = uidByCancellation.remove(cancellation);
        if (uid != null) {
            uids.remove(uid);
            cancellationByName.values().remove(cancellation);
        }
    }

    /** The question that a connection waits for. */
    synchronized Optional<String> of(String uniqueName) {
        return Optional.ofNullable(cancellationByName.get(uniqueName));
    }
}
