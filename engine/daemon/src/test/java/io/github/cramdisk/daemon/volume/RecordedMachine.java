// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.volume;

import io.github.cramdisk.api.volume.KernelFeature;
import io.github.cramdisk.api.volume.KernelSupport;
import io.github.cramdisk.daemon.definition.VolumeDirectory;
import io.github.cramdisk.host.verb.Caller;
import io.github.cramdisk.host.verb.Verbs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.TreeSet;

/** A machine of files: 8 GiB of memory, a tmpfs at / and nothing else, until a test adds to it. */
public final class RecordedMachine {
    static final String BOOT = "0a1b2c3d";
    static final long GIB = 1L << 30;

    private final Path root;
    private final Path config;
    private final StringBuilder mounts = new StringBuilder("21 1 254:0 / / rw - ext4 /dev/vda rw\n");
    private final StringBuilder swaps = new StringBuilder("Filename Type Size Used Priority\n");
    private int nextMount = 30;

    public RecordedMachine(Path directory) throws IOException {
        this.root = directory.resolve("root");
        this.config = directory.resolve("config");
        file("proc/meminfo", """
                MemTotal:        8388608 kB
                MemFree:         4194304 kB
                MemAvailable:    6291456 kB
                """);
        file("proc/sys/kernel/random/boot_id", BOOT);
        Files.createDirectories(root.resolve("sys/block"));
        Files.createDirectories(root.resolve("sys/module/nbd"));
        Files.createDirectories(root.resolve("sys/class/zram-control"));
        mount("ext4", "/dev/vda", "254:0", "/boot", "rw", "rw");
        swap("", 0, 0, 0);
    }

    Path root() {
        return root;
    }

    Path config() {
        return config;
    }

    RecordedMachine file(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text.endsWith("\n") ? text : text + "\n");
        return this;
    }

    /** @param target as the kernel writes it, escapes included */
    public RecordedMachine mount(
            String type, String source, String device, String target, String options, String superOptions)
            throws IOException {
        mounts.append(nextMount++)
                .append(" 21 ")
                .append(device)
                .append(" / ")
                .append(target)
                .append(' ')
                .append(options)
                .append(" - ")
                .append(type)
                .append(' ')
                .append(source)
                .append(' ')
                .append(superOptions)
                .append('\n');
        return file("proc/self/mountinfo", mounts.toString());
    }

    RecordedMachine swap(String path, long sizeBytes, long usedBytes, int priority) throws IOException {
        if (!path.isEmpty()) {
            swaps.append(path)
                    .append(" partition ")
                    .append(sizeBytes >> 10)
                    .append(' ')
                    .append(usedBytes >> 10)
                    .append(' ')
                    .append(priority)
                    .append('\n');
        }
        return file("proc/swaps", swaps.toString());
    }

    /** @param mmStat as in the kernel's file; the fourth number is the limit */
    public RecordedMachine zram(int index, long sizeBytes, String mmStat) throws IOException {
        String directory = "sys/block/zram" + index + "/";
        return file(directory + "dev", "253:" + index)
                .file(directory + "disksize", Long.toString(sizeBytes))
                .file(directory + "initstate", sizeBytes == 0 ? "0" : "1")
                .file(directory + "comp_algorithm", "lzo [lz4] zstd")
                .file(directory + "mm_stat", mmStat)
                .file(directory + "io_stat", "0 0 0 7")
                .file(directory + "stat", "0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0")
                .file(directory + "diskseq", Integer.toString(100 + index));
    }

    public VolumeHouse house(Verbs verbs) throws IOException {
        return house(verbs, 0, Path.of("/run/cramdisk/arena-0"));
    }

    VolumeHouse house(Verbs verbs, long uid, Path arenas) throws IOException {
        Files.createDirectories(config);
        return new VolumeHouse(
                root,
                VolumeDirectory.open(config),
                () -> verbs,
                new Caller(uid, uid),
                () -> new KernelSupport(
                        "6.18.0", new TreeSet<>(EnumSet.allOf(KernelFeature.class)), List.of(), List.of(), List.of(0)),
                arenas);
    }
}
