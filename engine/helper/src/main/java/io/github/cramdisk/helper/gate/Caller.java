// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.helper.gate;

/**
 * Who calls, as the bus vouches for it.
 *
 * @param uniqueName of the connection, such as {@code :1.42}; never given to another connection
 * @param uid of the process that made the connection, when it made it
 * @param gid its main group
 */
public record Caller(String uniqueName, int uid, int gid) {}
