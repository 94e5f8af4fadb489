// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.helper.gate;

import io.github.cramdisk.host.verb.Caller;

/**
 * Who calls, as the bus vouches for it.
 *
 * @param uniqueName of the connection, such as {@code :1.42}; never given to another connection
 * @param user of the process that made the connection, when it made it, with its groups
 */
public record Client(String uniqueName, Caller user) {}
