// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api.rpc;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The error object of JSON-RPC 2.0 (section 5.1 of its specification).
 *
 * @param code {@link #FAILED} with {@code data} for every refusal or failure of Cramdisk, else a standard code
 * @param message for logs; people see the sentence of the kind
 */
public record RpcError(
        int code,
        String message,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Data data) {
    public static final int PARSE_ERROR = -32700;
    public static final int INVALID_REQUEST = -32600;
    public static final int METHOD_NOT_FOUND = -32601;
    public static final int INVALID_PARAMS = -32602;
    /** Of the range that the specification leaves to servers: see {@code data}. */
    public static final int FAILED = -32000;

    /** @throws NullPointerException when the wire left out the message */
    public RpcError {
        Objects.requireNonNull(message, "message");
    }

    /**
     * @param kind name of an {@link ErrorKind}; text, because a newer engine may know more of them
     * @param arguments of the kind's sentence
     */
    public record Data(String kind, List<String> arguments) {
        public Data {
            Objects.requireNonNull(kind, "kind");
            arguments = arguments == null ? List.of() : List.copyOf(arguments);
        }
    }

    /** What is sent for a refused or failed operation. */
    public static RpcError of(CramdiskException e) {
        return new RpcError(
                FAILED, String.valueOf(e.getMessage()), new Data(e.kind().name(), e.arguments()));
    }

    /** The error at the other end of the wire: same kind, same arguments, and so the same sentence. */
    public CramdiskException toException() {
        if (data == null) {
            return new CramdiskException(ErrorKind.PROTOCOL, message);
        }
        for (ErrorKind kind : ErrorKind.values()) {
            if (kind.name().equals(data.kind())) {
                return new CramdiskException(kind, data.arguments().toArray());
            }
        }
        return new CramdiskException(ErrorKind.INTERNAL, message);
    }
}
