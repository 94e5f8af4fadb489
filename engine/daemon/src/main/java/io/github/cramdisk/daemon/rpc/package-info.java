// SPDX-License-Identifier: Apache-2.0
/**
 * The engine's end of JSON-RPC: accepts front ends on a Unix socket, dispatches their requests to the use cases, and
 * delivers snapshots to subscribers. Nothing a client sends or fails to read may hurt the engine or another client.
 */
@NullMarked
package io.github.cramdisk.daemon.rpc;

import org.jspecify.annotations.NullMarked;
