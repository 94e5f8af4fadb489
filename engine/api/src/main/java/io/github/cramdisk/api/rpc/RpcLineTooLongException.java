// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api.rpc;

import java.io.IOException;

/** A line that is longer than {@link RpcConnection#MAX_LINE_BYTES}. */
public final class RpcLineTooLongException extends IOException {
    RpcLineTooLongException(int bytes) {
        super("a message of " + bytes + " bytes or more; at most " + RpcConnection.MAX_LINE_BYTES + " are allowed");
    }
}
