// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.kernel.vm;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/**
 * How a test ended inside the machine.
 *
 * @param failure why it failed, null if it did not
 * @param skipped why it was given up without a word on success or failure, null if it was not
 * @param stackTrace of the failure, inside the machine
 * @param output what the test printed; of a failed one also what the machine's logs say
 */
record TestOutcome(
        @Nullable String failure, @Nullable String skipped, List<StackTraceElement> stackTrace, String output)
        implements Serializable {

    /**
     * @throws org.opentest4j.TestAbortedException when it was skipped
     * @throws AssertionError with what the test threw inside the machine
     */
    void report() {
        System.out.print(output);
        if (skipped != null) {
            Assumptions.abort(skipped);
        }
        if (failure != null) {
            AssertionError error = new AssertionError(failure);
            error.setStackTrace(stackTrace.toArray(StackTraceElement[]::new));
            throw error;
        }
    }
}
