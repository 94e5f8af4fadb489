// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.cli;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import java.io.IOException;
import java.nio.channels.Channel;
import java.nio.channels.ServerSocketChannel;
import java.util.Map;

/**
 * A listening socket handed over by the starting process, as sd_listen_fds(3) describes: {@code LISTEN_PID} names this
 * process, {@code LISTEN_FDS} counts the descriptors from 3 on. libnbd starts its {@code [ COMMAND ]} so.
 *
 * <p>Java can take over descriptor 0 only; the {@code cramdisk} script puts descriptor 3 there.
 */
final class ActivatedSocket {
    private ActivatedSocket() {}

    /** Whether the starting process handed a socket to the process {@code pid}. */
    static boolean isPresent(Map<String, String> environment, long pid) {
        String descriptors = environment.getOrDefault("LISTEN_FDS", "0");
        return Long.toString(pid).equals(environment.get("LISTEN_PID")) && !descriptors.equals("0");
    }

    /**
     * The socket. Standard input, output and error lead nowhere from then on.
     *
     * @throws CramdiskException {@link ErrorKind#INVALID_ARGUMENT} when it is not a listening socket
     */
    static ServerSocketChannel take() throws IOException {
        Channel inherited = System.inheritedChannel();
        if (inherited instanceof ServerSocketChannel server) {
            return server;
        }
        throw new CramdiskException(
                ErrorKind.INVALID_ARGUMENT,
                "LISTEN_FDS promises a listening socket, but there is none on standard input. "
                        + "Start it by the cramdisk script, which puts it there.");
    }
}
