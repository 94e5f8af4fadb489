// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.definition;

import org.jspecify.annotations.Nullable;

/** A file that is no definition; the message says what is wrong with it, in words for the person who edits it. */
public final class DefinitionException extends Exception {
    DefinitionException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
