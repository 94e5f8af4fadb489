// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api.rpc;

import org.jspecify.annotations.Nullable;

/** A message that breaks JSON-RPC itself, with the error to answer it with. Never a failed operation. */
public final class RpcFault extends Exception {
    private final int code;

    public RpcFault(int code, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    /** The error object to answer with. */
    public RpcError toError() {
        return new RpcError(code, String.valueOf(getMessage()), null);
    }
}
