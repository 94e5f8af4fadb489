// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.kernel.vm;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a test ended inside the machine.
 *
 * @param failure why it failed, null if it passed
 * @param stackTrace of the failure, inside the machine
 * @param output what the test printed; of a failed one also what the machine's logs say
 */
record TestOutcome(@Nullable String failure, List<StackTraceElement> stackTrace, String output)
        implements Serializable {

    /** @throws AssertionError that the test threw inside the machine, or one that says the same */
    void report() {
        System.out.print(output);
        if (failure != null) {
            AssertionError error = new AssertionError(failure);
            error.setStackTrace(stackTrace.toArray(StackTraceElement[]::new));
            throw error;
        }
    }
}
