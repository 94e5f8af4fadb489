// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A disk of the user, attached and mounted in the user's home by {@code cramdisk disk attach}. Removed when closed. */
final class MountedDisk implements AutoCloseable {
    private final String name;
    private final String place;
    private String device;

    private MountedDisk(String name, String filesystem) {
        this.name = name;
        this.place = User.HOME + "/" + name;
        this.device = attach("--mkdir", "--fs", filesystem);
    }

    /** @param options more of {@code disk create} */
    static MountedDisk create(String name, String size, String filesystem, String... options) {
        List<String> create = new ArrayList<>(List.of("disk", "create", name, "--size", size));
        create.addAll(List.of(options));
        User.cramdisk(create.toArray(String[]::new)).succeeded();
        return new MountedDisk(name, filesystem);
    }

    private String attach(String... options) {
        List<String> attach = new ArrayList<>(List.of("disk", "attach", name, "--mount", place));
        attach.addAll(List.of(options));
        return User.json(attach.toArray(String[]::new)).at("/attachment/device").asText();
    }

    /** Detached and attached again, so that nothing comes from the page cache. */
    void remount() {
        detach();
        mount();
    }

    void detach() {
        User.cramdisk("disk", "detach", name).succeeded();
    }

    /** As it is; it is attached already, or not. */
    void mount() {
        device = attach();
    }

    String name() {
        return name;
    }

    /** Writes to a file on it until it is closed. */
    StallMeter meter() {
        return new StallMeter(Path.of(place, "stall"));
    }

    /** Whether writes wait for room. */
    boolean isWaiting() {
        return !User.json("disk", "show", name).get("waiting").isNull();
    }

    /** Where it is mounted. */
    String place() {
        return place;
    }

    /** A number of {@code disk show}. */
    long number(String field) {
        return User.json("disk", "show", name).get(field).asLong();
    }

    /** What the kernel said since the test began speaks of no error of a filesystem or of something written. */
    void assertNoErrorInKernelLog() {
        String node = device.substring("/dev/".length());
        assertThat(Root.kernelLog().lines())
                .as("the kernel's log")
                .noneMatch(line -> line.contains("I/O error") && line.contains(node))
                .noneMatch(line -> line.contains("EXT4-fs error") || line.contains("Remounting filesystem read-only"));
    }

    /** Unmounts it and lets the filesystem's own checker, told to change nothing, look at it. */
    void assertCleanAfterUnmount(String checker) {
        Root.run("umount", place).succeeded();
        Root.shell(checker + " " + device);
    }

    @Override
    public void close() {
        detach();
        User.cramdisk("disk", "remove", name, "--force").succeeded();
        User.run("rmdir", place).succeeded();
    }
}
