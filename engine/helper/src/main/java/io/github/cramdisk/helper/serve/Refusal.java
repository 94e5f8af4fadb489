// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.helper.serve;

/** A call that is not one of ours, or not now; answered with an error of D-Bus itself. */
final class Refusal extends Exception {
    private final String errorName;

    Refusal(String errorName, String message) {
        super(message);
        this.errorName = errorName;
    }

    String errorName() {
        return errorName;
    }
}
