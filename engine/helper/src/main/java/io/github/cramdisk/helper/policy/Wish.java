// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.helper.policy;

import io.github.cramdisk.helper.gate.Action;
import io.github.cramdisk.helper.gate.Question;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a caller wants, in the words that a person is asked with.
 *
 * @param action what it needs if it is ordinary, and the caller's own; null: nothing, for it only gives memory back
 * @param ordinary see {@link Rules}
 * @param verb "mount", "resize" ...
 * @param kind "a tmpfs", "compressed swap" ...
 * @param place where: a path or a device
 * @param size how large, or "no limit"
 */
record Wish(@Nullable Action action, boolean ordinary, String verb, String kind, String place, String size) {
    /** The question for an administrator, where it is not the caller's own or not ordinary. */
    Question systemQuestion() {
        return question(Action.MOUNT_SYSTEM);
    }

    /** The question where the object is the caller's own; none where nobody need be asked. */
    Optional<Question> ownQuestion() {
        if (!ordinary) {
            return Optional.of(systemQuestion());
        }
        return Optional.ofNullable(action).map(this::question);
    }

    private Question question(Action asked) {
        return new Question(asked, Map.of("verb", verb, "kind", kind, "place", place, "size", size), sentence());
    }

    /** For the journal. */
    String sentence() {
        return verb + " " + kind + " (" + size + ") at " + place;
    }
}
