// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api.rpc;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.rpc.RpcMethods.DiskName;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Connections to {@code engine.sock}, with time limits that the socket itself does not have. */
final class EngineSocket {
    private static final long SERVE_REQUEST_ID = 1;

    private EngineSocket() {}

    /** @throws CramdiskException {@link ErrorKind#ENGINE_UNAVAILABLE} */
    static SocketChannel connect(Path socket, Duration timeout) {
        SocketChannel channel;
        try {
            channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        } catch (IOException e) {
            throw unavailable(e, "no socket can be opened (" + e.getMessage() + ")");
        }
        try (Deadline deadline = new Deadline(channel, timeout)) {
            try {
                channel.connect(UnixDomainSocketAddress.of(socket));
                return channel;
            } catch (IOException e) {
                close(channel);
                throw unavailable(
                        e,
                        deadline.passed()
                                ? "nobody answered at " + socket + " within " + timeout.toSeconds() + " seconds"
                                : "nobody answers at " + socket + " (" + e.getMessage() + ")");
            }
        }
    }

    /** Asks for an NBD session on a connection of its own; see {@link RpcMethods#DISK_SERVE}. */
    static RawConnection serve(Path socket, String name, EngineClient.Timeouts timeouts) {
        byte[] request =
                RpcCodec.encode(RpcRequest.of(SERVE_REQUEST_ID, RpcMethods.DISK_SERVE, Json.tree(new DiskName(name))));
        SocketChannel channel = connect(socket, timeouts.connect());
        boolean agreed = false;
        try (Deadline deadline = new Deadline(channel, timeouts.answer())) {
            RpcConnection connection = new RpcConnection(channel);
            byte[] line;
            try {
                connection.writeLine(request);
                line = connection.readLine();
            } catch (IOException e) {
                throw unavailable(
                        e, deadline.passed() ? "it did not answer in time" : "the connection broke (" + e + ")");
            }
            if (line == null) {
                throw unavailable(null, "it closed the connection");
            }
            requireAgreement(line);
            agreed = true;
            return connection.detach();
        } finally {
            if (!agreed) {
                close(channel);
            }
        }
    }

    private static void requireAgreement(byte[] line) {
        try {
            if (!(RpcCodec.decode(line) instanceof RpcResponse response)) {
                throw new CramdiskException(ErrorKind.PROTOCOL, "an answer was expected");
            }
            if (response.error() != null) {
                throw response.error().toException();
            }
        } catch (RpcFault e) {
            throw new CramdiskException(ErrorKind.PROTOCOL, e, String.valueOf(e.getMessage()));
        }
    }

    private static CramdiskException unavailable(@Nullable Throwable cause, String reason) {
        return new CramdiskException(ErrorKind.ENGINE_UNAVAILABLE, cause, reason);
    }

    private static void close(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // It was given up already; the error that led here is the one to tell.
        }
    }
}
