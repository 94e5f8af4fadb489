// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.nbd;

import java.io.IOException;

/**
 * The session must end without a word, as the protocol allows or demands ("initiate a hard disconnect"): the stream is
 * out of step, or the client asks for too much.
 */
final class HardDisconnect extends IOException {
    HardDisconnect(String reason) {
        super(reason);
    }
}
