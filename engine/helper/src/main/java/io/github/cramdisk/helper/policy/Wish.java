// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.helper.policy;

import io.github.cramdisk.helper.gate.Action;
import io.github.cramdisk.helper.gate.Question;
import java.util.Map;

/**
 * What a caller wants, in the words that a person is asked with.
 *
 * @param action what it needs if it is ordinary, and the caller's own
 * @param ordinary see {@link Rules}
 * @param verb "mount", "resize" ...
 * @param kind "a tmpfs", "compressed swap" ...
 * @param place where: a path or a device
 * @param size how large, or "no limit"
 */
record Wish(Action action, boolean ordinary, String verb, String kind, String place, String size) {
    /** The question for an administrator, where it is not the caller's own or not ordinary. */
    Question systemQuestion() {
        return question(Action.MOUNT_SYSTEM);
    }

    Question ownQuestion() {
        return question(ordinary ? action : Action.MOUNT_SYSTEM);
    }

    private Question question(Action asked) {
        return new Question(
                asked,
                Map.of("verb", verb, "kind", kind, "place", place, "size", size),
                verb + " " + kind + " (" + size + ") at " + place);
    }

    /** Whether what comes of it may later be changed without an administrator. */
    boolean remainsOrdinary(Question passed) {
        return passed.action() != Action.MOUNT_SYSTEM;
    }
}
