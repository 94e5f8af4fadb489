// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api.rpc;

import java.io.IOException;

/** A line that is longer than this end of a {@link RpcConnection} takes. */
public final class RpcLineTooLongException extends IOException {
    RpcLineTooLongException(int bytes, int limitBytes) {
        super("a message of " + bytes + " bytes or more; at most " + limitBytes + " are allowed");
    }
}
