// SPDX-License-Identifier: Apache-2.0
/**
 * The NBD server: wire, handshake, transmission and transports. Serves any {@link
 * io.github.cramdisk.nbd.BlockDevice}; depends on the JDK only.
 *
 * <p>Written from the protocol document ("The NBD protocol", proto.md of the NetworkBlockDevice project); the code
 * quotes its sections by name.
 *
 * <p><b>Threads.</b> One accepts, one serves each connection, and as many workers as cores compute large pieces. Only
 * the thread of a session touches its channel, its {@code InputBuffer} and its {@code ReplyOutput}. Workers read and
 * write devices from and to pooled buffers and never wait for a client. A session waits for its workers before it waits
 * for a request, and always before it ends; a queued job that no worker has begun it does itself.
 *
 * <p><b>Locks</b>, none held during input or output: the set of sessions of a server, then the set of sessions of an
 * export, then the buffer pool. None is taken for a request of less than 64 KiB.
 */
@NullMarked
package io.github.cramdisk.nbd;

import org.jspecify.annotations.NullMarked;
