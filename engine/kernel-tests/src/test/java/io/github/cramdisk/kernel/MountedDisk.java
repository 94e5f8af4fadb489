// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.kernel;

/** An {@link AttachedDisk} with a filesystem, mounted in the user's home. */
final class MountedDisk implements AutoCloseable {
    private static final String OPTIONS = "discard,nosuid,nodev";

    private final AttachedDisk disk;
    private final String place;

    private MountedDisk(AttachedDisk disk, String place) {
        this.disk = disk;
        this.place = place;
    }

    /** @param options more of {@code disk create} */
    static MountedDisk create(String name, String size, String filesystem, String... options) {
        String place = User.HOME + "/" + name;
        User.run("mkdir", place).succeeded();
        AttachedDisk disk = AttachedDisk.create(name, size, options);
        Root.shell("mkfs." + filesystem + " -q " + disk.device());
        MountedDisk mounted = new MountedDisk(disk, place);
        mounted.mount();
        Root.run("chown", "cdtest:", place).succeeded();
        return mounted;
    }

    private void mount() {
        Root.run("mount", "-o", OPTIONS, device(), place).succeeded();
    }

    /** Unmounted and mounted again, so that nothing comes from the page cache. */
    void remount() {
        Root.run("umount", place).succeeded();
        mount();
    }

    void reattach() {
        disk.reattach();
    }

    String name() {
        return disk.name();
    }

    /** Where it is mounted. */
    String place() {
        return place;
    }

    String device() {
        return disk.device();
    }

    /** A number of {@code disk show}. */
    long number(String field) {
        return disk.number(field);
    }

    void assertNoErrorInKernelLog() {
        disk.assertNoErrorInKernelLog();
    }

    /** Unmounts it and lets the filesystem's own checker, told to change nothing, look at it. */
    void assertCleanAfterUnmount(String checker) {
        Root.run("umount", place).succeeded();
        Root.shell(checker + " " + device());
    }

    @Override
    public void close() {
        Root.run("umount", place);
        disk.close();
        User.run("rmdir", place).succeeded();
    }
}
