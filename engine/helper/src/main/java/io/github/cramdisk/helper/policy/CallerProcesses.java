// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.helper.policy;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.helper.gate.Client;
import io.github.cramdisk.helper.wire.BusException;
import io.github.cramdisk.helper.wire.SystemBus;
import io.github.cramdisk.host.KernelText;
import io.github.cramdisk.host.process.ProcessShield;
import io.github.cramdisk.host.syscall.Descriptor;
import io.github.cramdisk.host.syscall.Errno;
import io.github.cramdisk.host.syscall.FileCalls;
import io.github.cramdisk.host.syscall.KernelException;
import io.github.cramdisk.host.syscall.ProcessCalls;
import io.github.cramdisk.host.syscall.SocketCalls;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The processes that call. Takes a connection out of one: pidfd_getfd(2). The bus delivers no descriptors to the helper, so
 * nobody can leave any here; this one is taken when it is wanted, and closed by whoever asked for it.
 *
 * <p>The bus tells the number of the process that made its connection, and that number may have passed on to another
 * process since. So all four user ids of the process must be the caller's, and the connection must lead back into that same
 * process, as that of an engine to itself does.
 */
public final class CallerProcesses {
    private static final Path PROC = Path.of("/proc");
    private static final String UIDS = "Uid:";
    private static final int UID_COUNT = 4;

    private final SystemBus bus;

    public CallerProcesses(SystemBus bus) {
        this.bus = bus;
    }

    /**
     * A duplicate of a descriptor of the caller.
     *
     * @throws CramdiskException {@link ErrorKind#INVALID_ARGUMENT} where it is no connection of an engine to itself
     */
    Descriptor connection(Client client, int number) {
        long pid = pid(client);
        try (Descriptor process = ProcessCalls.open(pid)) {
            requireOfCaller(client, directory(pid));
            Descriptor connection = ProcessCalls.descriptorOf(process, number);
            boolean good = false;
            try {
                good = SocketCalls.isUnixStream(connection)
                        && SocketCalls.peer(connection).pid() == pid;
            } finally {
                if (!good) {
                    connection.close();
                }
            }
            if (!good) {
                throw notOwn();
            }
            return connection;
        } catch (KernelException e) {
            throw switch (e.errno()) {
                case Errno.ENOSYS ->
                    new CramdiskException(
                            ErrorKind.NOT_SUPPORTED_BY_KERNEL, e, "what attaching a disk needs (Linux 5.6)", "?");
                case Errno.EPERM ->
                    new CramdiskException(
                            ErrorKind.KERNEL_REFUSED,
                            e,
                            "take the connection over from the engine",
                            "this machine allows no process to look into another (kernel.yama.ptrace_scope is 3?)");
                default -> notOwn();
            };
        }
    }

    /** Lets the process that calls go on when memory has run out: the machine swaps to what it serves. */
    void shield(Client client) {
        long pid = pid(client);
        try (Descriptor opened = FileCalls.openDirectory(directory(pid).toString())) {
            // Stands for this process and never for a later one of the same number.
            Path process = PROC.resolve("self/fd").resolve(Long.toString(opened.number()));
            requireOfCaller(client, process);
            ProcessShield.raise(pid, process);
        } catch (KernelException e) {
            throw new CramdiskException(
                    ErrorKind.KERNEL_REFUSED, e, "keep the engine in memory", String.valueOf(e.getMessage()));
        }
    }

    private static Path directory(long pid) {
        return PROC.resolve(Long.toString(pid));
    }

    private long pid(Client client) {
        try {
            List<Object> answer = bus.callBus("GetConnectionUnixProcessID", "s", client.uniqueName());
            return ((Number) answer.get(0)).longValue();
        } catch (BusException e) {
            throw new CramdiskException(ErrorKind.HELPER_UNAVAILABLE, e, "the caller has left");
        }
    }

    /** Real, effective, saved and filesystem id: a program that took on other rights is not the caller's. */
    private static void requireOfCaller(Client client, Path process) {
        try {
            for (String line : KernelText.lines(process.resolve("status"))) {
                if (line.startsWith(UIDS)) {
                    List<String> ids = KernelText.words(line.substring(UIDS.length()));
                    String own = Long.toString(client.user().uid());
                    if (ids.size() == UID_COUNT && ids.stream().allMatch(own::equals)) {
                        return;
                    }
                }
            }
        } catch (IOException e) {
            // It is gone, and with it the connection.
        }
        throw notOwn();
    }

    private static CramdiskException notOwn() {
        return new CramdiskException(
                ErrorKind.INVALID_ARGUMENT, "A disk is attached by a connection of an engine to itself.");
    }
}
