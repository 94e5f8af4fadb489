// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The one error of Cramdisk: a kind, the arguments of its sentence, and the cause for "Details". */
public final class CramdiskException extends RuntimeException {
    private final ErrorKind kind;
    private final List<String> arguments;

    public CramdiskException(ErrorKind kind, Object... arguments) {
        this(kind, null, arguments);
    }

    public CramdiskException(ErrorKind kind, @Nullable Throwable cause, Object... arguments) {
        super(kind.sentence(arguments), cause);
        this.kind = kind;
        this.arguments = Stream.of(arguments).map(String::valueOf).toList();
    }

    public ErrorKind kind() {
        return kind;
    }

    /** The arguments of the sentence, as text, in their order. */
    public List<String> arguments() {
        return arguments;
    }
}
