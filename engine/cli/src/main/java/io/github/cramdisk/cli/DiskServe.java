// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.cli;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.DiskSpec;
import io.github.cramdisk.api.Engine;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.ExitCode;
import io.github.cramdisk.api.rpc.RawConnection;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "serve",
        description = {
            "Serve a disk to one NBD client on standard input and output, as inetd does, "
                    + "or to all that connect to a socket handed over by systemd socket activation.",
            "For clients that start their server, such as:  nbdinfo -- [ cramdisk disk serve NAME --stdio ]"
        })
final class DiskServe extends Verb {
    @Parameters(paramLabel = "NAME", description = "Name of the disk.")
    private String name = "";

    @Option(names = "--stdio", required = true, description = "Speak NBD on standard input and output.")
    private boolean stdio;

    DiskServe(Cli cli) {
        super(cli);
    }

    /** Standard output carries the session and nothing else, errors included. */
    @Override
    public Integer call() throws IOException {
        DiskSpec.checkName(name);
        if (!stdio) {
            throw new CramdiskException(ErrorKind.INVALID_ARGUMENT, "Only --stdio can be served.");
        }
        if (ActivatedSocket.isPresent(System.getenv(), ProcessHandle.current().pid())) {
            try (Engine engine = door().open()) {
                // While there still is a standard error to say that there is no such disk.
                engine.showDisk(name);
            }
            try (ServerSocketChannel server = ActivatedSocket.take()) {
                new SocketSessions(door(), name).run(server);
            }
        } else {
            serveStandardStreams();
        }
        return ExitCode.DONE;
    }

    private void serveStandardStreams() throws IOException {
        // The standard descriptors are not closed: a read of the input may still be under way.
        FileInputStream input = new FileInputStream(FileDescriptor.in);
        FileOutputStream output = new FileOutputStream(FileDescriptor.out);
        try (RawConnection session = door().serve(name)) {
            new SessionRelay(session, input.getChannel(), output.getChannel()).run();
        }
    }
}
