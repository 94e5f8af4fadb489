// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.process;

import io.github.cramdisk.api.volume.VolumeUser;
import io.github.cramdisk.host.KernelText;
import io.github.cramdisk.host.mount.MountEntry;
import io.github.cramdisk.host.mount.MountTable;
import io.github.cramdisk.host.syscall.AbsolutePath;
import io.github.cramdisk.host.syscall.FileCalls;
import io.github.cramdisk.host.syscall.KernelException;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Finds the processes that use a mount or a device: by their open files, current and root directory, program and mapped
 * files. Without root only one's own processes can be looked into; the others are left out. Nothing here touches the
 * files themselves, so that a filesystem that hangs cannot hold it up.
 */
public final class VolumeUsers {
    private static final Pattern PROCESS = Pattern.compile("[0-9]{1,10}");
    private static final List<String> LINKS = List.of("cwd", "root", "exe");
    private static final String MOUNT_ID = "mnt_id:";
    /** START-END PERMISSIONS OFFSET DEVICE INODE PATH; see proc_pid_maps(5). */
    private static final int MAPS_FIELDS = 6;

    private final Path root;

    /**
     * @param root {@code /}, or a recorded tree with {@code proc}
     */
    public VolumeUsers(Path root) {
        this.root = root;
    }

    /** The processes that keep a mount busy, each named once, with the first file of it that was found. */
    public List<VolumeUser> ofMount(MountEntry mount, MountTable table) throws IOException {
        List<String> below =
                table.mountedOn(mount).stream().map(MountEntry::target).toList();
        Predicate<String> onMount = path -> AbsolutePath.isWithin(path, mount.target())
                && below.stream().noneMatch(child -> AbsolutePath.isWithin(path, child));
        Optional<String> ownNamespace = link(root.resolve("proc/self/ns/mnt"));
        return each(process -> openFileOn(process, mount, onMount)
                .or(() -> sameNamespace(process, ownNamespace)
                        ? linkOn(process, onMount).or(() -> mappedFileOn(process, onMount))
                        : Optional.empty()));
    }

    /** The processes that have a device open. */
    public List<VolumeUser> ofDevice(String devicePath) throws IOException {
        return each(process -> entries(process.resolve("fd")).stream()
                .map(VolumeUsers::link)
                .flatMap(Optional::stream)
                .filter(devicePath::equals)
                .findFirst());
    }

    /** What one process has open, or empty. */
    private interface Search {
        Optional<String> in(Path process);
    }

    private List<VolumeUser> each(Search search) throws IOException {
        List<VolumeUser> users = new ArrayList<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(root.resolve("proc"))) {
            for (Path process : processes) {
                String name = process.getFileName().toString();
                if (PROCESS.matcher(name).matches()) {
                    search.in(process)
                            .ifPresent(path -> users.add(new VolumeUser(Long.parseLong(name), command(process), path)));
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return users;
    }

    /** By the mount id of the descriptor, which is exact; the path is what to show. */
    private static Optional<String> openFileOn(Path process, MountEntry mount, Predicate<String> onMount) {
        for (Path descriptor : entries(process.resolve("fd"))) {
            Optional<Long> mountId = mountId(
                    process.resolve("fdinfo").resolve(descriptor.getFileName().toString()));
            Optional<String> path = link(descriptor);
            boolean onIt = mountId.isPresent()
                    ? mountId.get() == mount.id()
                    : path.map(onMount::test).orElse(false);
            if (onIt) {
                return Optional.of(path.orElse(mount.target()));
            }
        }
        return Optional.empty();
    }

    private static Optional<String> linkOn(Path process, Predicate<String> onMount) {
        return LINKS.stream()
                .map(name -> link(process.resolve(name)))
                .flatMap(Optional::stream)
                .filter(onMount)
                .findFirst();
    }

    private static Optional<String> mappedFileOn(Path process, Predicate<String> onMount) {
        try {
            return KernelText.lines(process.resolve("maps")).stream()
                    .map(line -> line.split("\\s+", MAPS_FIELDS))
                    .filter(fields -> fields.length == MAPS_FIELDS && fields[MAPS_FIELDS - 1].startsWith("/"))
                    .map(fields -> KernelText.unescaped(fields[MAPS_FIELDS - 1]))
                    .filter(onMount)
                    .findFirst();
        } catch (IOException e) {
            // The process has ended, or belongs to somebody else.
            return Optional.empty();
        }
    }

    /** Paths mean the same only in the same mount namespace. */
    private static boolean sameNamespace(Path process, Optional<String> own) {
        Optional<String> its = link(process.resolve("ns/mnt"));
        return its.isEmpty() || own.isEmpty() || its.equals(own);
    }

    private static Optional<Long> mountId(Path fdinfo) {
        try {
            return KernelText.lines(fdinfo).stream()
                    .filter(line -> line.startsWith(MOUNT_ID))
                    .map(line ->
                            Long.parseLong(line.substring(MOUNT_ID.length()).strip()))
                    .findFirst();
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static List<Path> entries(Path directory) {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            entries.forEach(found::add);
        } catch (IOException | DirectoryIteratorException e) {
            // The process has ended, or belongs to somebody else.
            return found;
        }
        return found;
    }

    private static Optional<String> link(Path path) {
        try {
            return Optional.of(FileCalls.readLink(path.toString()));
        } catch (KernelException e) {
            return Optional.empty();
        }
    }

    private static String command(Path process) {
        try {
            return KernelText.value(process.resolve("comm")).orElse("?");
        } catch (IOException e) {
            return "?";
        }
    }
}
