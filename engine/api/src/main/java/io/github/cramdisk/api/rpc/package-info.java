// SPDX-License-Identifier: Apache-2.0
/**
 * The wire between front ends and engine: JSON-RPC 2.0 over a Unix socket, one message a line, and its client.
 *
 * <p>May depend on the records of {@code api}, the JDK and Jackson only. The engine serves the other end with the same
 * codec, connection and parameter records.
 */
@NullMarked
package io.github.cramdisk.api.rpc;

import org.jspecify.annotations.NullMarked;
