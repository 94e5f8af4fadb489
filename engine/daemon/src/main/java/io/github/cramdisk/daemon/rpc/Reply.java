// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.rpc;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What a method gives back, and what happens once the answer is on the wire.
 *
 * @param result the result of the answer
 * @param next what comes after it
 */
record Reply(JsonNode result, Next next) {

    /** What happens after an answer was written. */
    sealed interface Next permits ReadOn, Then, HandOver {}

    /** The next request is read. */
    record ReadOn() implements Next {}

    /** The action runs, then the next request is read. */
    record Then(Runnable action) implements Next {}

    /** The connection is no longer JSON-RPC; it belongs to the session, which ends it. */
    record HandOver(RawSession session) implements Next {}

    static Reply of(JsonNode result) {
        return new Reply(result, new ReadOn());
    }
}
