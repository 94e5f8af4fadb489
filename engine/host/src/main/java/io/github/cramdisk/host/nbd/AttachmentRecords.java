// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.nbd;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.attach.DiskDevice;
import io.github.cramdisk.host.KernelText;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * The records of disks that were given to the kernel: one small file each under {@code /run/cramdisk/attachments}, which
 * only root writes and everybody reads. A record is believed only together with a device that bears its identifier.
 */
public final class AttachmentRecords {
    private static final String DIRECTORY = "run/cramdisk/attachments";
    private static final String DISK = "disk";
    private static final String ENGINE = "engine";
    private static final String UID = "uid";
    private static final String IDENTIFIER = "identifier";

    private final Path root;
    private final Path directory;

    /** @param root {@code /}, or a recorded tree with {@code run} and {@code sys} */
    public AttachmentRecords(Path root) {
        this.root = root;
        this.directory = root.resolve(DIRECTORY);
    }

    /** Those whose device is there, by number. */
    public List<AttachedDisk> all() throws IOException {
        List<AttachedDisk> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "nbd*")) {
            for (Path file : files) {
                read(file).filter(this::isLive).ifPresent(found::add);
            }
        } catch (NoSuchFileException e) {
            return List.of();
        }
        found.sort(Comparator.comparingInt(disk -> disk.device().number()));
        return found;
    }

    /** The record of a device that is there. */
    public Optional<AttachedDisk> of(DiskDevice device) throws IOException {
        return read(directory.resolve(device.name())).filter(this::isLive);
    }

    public void add(AttachedDisk disk) throws IOException {
        Files.createDirectories(
                directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        Properties properties = new Properties();
        properties.setProperty(DISK, disk.disk());
        properties.setProperty(ENGINE, disk.engine());
        properties.setProperty(UID, Long.toString(disk.uid()));
        properties.setProperty(IDENTIFIER, disk.identifier());
        StringWriter text = new StringWriter();
        properties.store(text, null);
        Path temporary = directory.resolve("." + disk.device().name());
        Files.deleteIfExists(temporary);
        Files.createFile(temporary, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r--r--")));
        Files.writeString(temporary, text.toString());
        Files.move(temporary, directory.resolve(disk.device().name()), StandardCopyOption.ATOMIC_MOVE);
    }

    public void remove(DiskDevice device) throws IOException {
        Files.deleteIfExists(directory.resolve(device.name()));
    }

    /** Since Linux 5.14 the kernel tells what it was told; before, a device with a process behind it must do. */
    private boolean isLive(AttachedDisk disk) {
        Path device = root.resolve("sys/block").resolve(disk.device().name());
        try {
            Optional<String> backend = KernelText.value(device.resolve("backend"));
            return backend.map(text -> text.equals(disk.identifier())).orElse(Files.exists(device.resolve("pid")));
        } catch (IOException e) {
            // It is going away in this moment.
            return false;
        }
    }

    private static Optional<AttachedDisk> read(Path file) throws IOException {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(Files.readString(file)));
            return Optional.of(new AttachedDisk(
                    DiskDevice.parse("/dev/" + file.getFileName()),
                    properties.getProperty(DISK, ""),
                    properties.getProperty(ENGINE, ""),
                    Long.parseLong(properties.getProperty(UID, "")),
                    properties.getProperty(IDENTIFIER, "")));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IllegalArgumentException | CramdiskException e) {
            // Whatever it is, it is none of ours.
            return Optional.empty();
        }
    }
}
