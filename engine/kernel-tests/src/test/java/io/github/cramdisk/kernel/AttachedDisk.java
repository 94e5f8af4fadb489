// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A disk of the user that the kernel is connected to, by a client of the tests ({@code kernel_nbd.py}) as root, so that
 * these scenarios judge the server and the store alone. Removed when closed.
 */
final class AttachedDisk implements AutoCloseable {
    private final String name;
    private final String device;

    private AttachedDisk(String name, String device) {
        this.name = name;
        this.device = device;
    }

    /** @param options more of {@code disk create} */
    static AttachedDisk create(String name, String size, String... options) {
        List<String> create = new ArrayList<>(List.of("disk", "create", name, "--size", size));
        create.addAll(List.of(options));
        User.cramdisk(create.toArray(String[]::new)).succeeded();
        Root.shell("modprobe nbd");
        return new AttachedDisk(name, client("attach", User.NBD_SOCKET, name));
    }

    /** Gives the kernel a connection to the engine that is there now. */
    void reattach() {
        client("reattach", User.NBD_SOCKET, name, device);
    }

    private static String client(String... arguments) {
        URL script = AttachedDisk.class.getResource("kernel_nbd.py");
        assertThat(script).isNotNull();
        List<String> command = new ArrayList<>();
        try {
            command.addAll(List.of("python3", Path.of(script.toURI()).toString()));
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
        command.addAll(List.of(arguments));
        return Root.run(command.toArray(String[]::new)).succeeded().out().strip();
    }

    String name() {
        return name;
    }

    String device() {
        return device;
    }

    /** A number of {@code disk show}. */
    long number(String field) {
        return User.json("disk", "show", name).get(field).asLong();
    }

    /** What the kernel said since the test began speaks of no error of this device or of a filesystem. */
    void assertNoErrorInKernelLog() {
        String node = device.substring("/dev/".length());
        assertThat(Root.kernelLog().lines())
                .as("the kernel's log")
                .noneMatch(line -> line.contains("I/O error") && line.contains(node))
                .noneMatch(line -> line.contains("EXT4-fs error") || line.contains("Remounting filesystem read-only"))
                .noneMatch(line ->
                        line.contains("Read-error on swap-device") || line.contains("Write-error on swap-device"));
    }

    @Override
    public void close() {
        client("detach", device);
        User.cramdisk("disk", "remove", name, "--force").succeeded();
    }
}
