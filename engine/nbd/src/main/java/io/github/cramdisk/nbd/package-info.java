// SPDX-License-Identifier: Apache-2.0
/**
 * The NBD server: wire, handshake, transmission and transports. Serves any {@link
 * io.github.cramdisk.nbd.BlockDevice}; depends on the JDK only.
 *
 * <p>Written from the protocol document ("The NBD protocol", proto.md of the NetworkBlockDevice project); the code
 * quotes its sections by name.
 *
 * <p><b>Threads.</b> One accepts, one serves each connection, and as many workers as cores compute large pieces. Only
 * the thread of a session touches its {@code InputBuffer} and its {@code ReplyOutput}, and only it reads from its channel.
 * While writes of a session wait for room it has one thread more, which tries them again and sends their replies through
 * an output of its own ({@code Parking}). Workers read and
 * write devices from and to pooled buffers and never wait for a client. A session waits for its workers before it waits
 * for a request, and always before it ends; a queued job that no worker has begun it does itself.
 *
 * <p><b>Locks</b>: the set of sessions of a server, then the set of sessions of an export, then the buffer pool, none held
 * during input or output. The lock of a channel is held while replies are sent, and nothing else is taken under it but the
 * buffer pool. The lock of a {@code ParkingLot} is held during calls of the device, but while nothing waits it is not
 * taken.
 */
@NullMarked
package io.github.cramdisk.nbd;

import org.jspecify.annotations.NullMarked;
