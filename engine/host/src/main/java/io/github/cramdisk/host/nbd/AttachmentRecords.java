// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.nbd;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.attach.DiskDevice;
import io.github.cramdisk.host.KernelText;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;

/**
 * The records of disks that were given to the kernel: one small file each under {@code /run/cramdisk/attachments}, which
 * only root writes and everybody reads. A record bears the identifier of its device as its name and is written before the
 * kernel makes the device, so that no device is without one. Which device it is about, the kernel tells ({@code
 * /sys/block/nbdN/backend}, Linux 5.14); a record without a device counts for nothing.
 */
public final class AttachmentRecords {
    private static final String DIRECTORY = "run/cramdisk/attachments";
    private static final String DISK = "disk";
    private static final String ENGINE = "engine";
    private static final String UID = "uid";
    /** The kernel makes a device within seconds of its record, or never. */
    private static final Duration PENDING = Duration.ofMinutes(2);

    private final Path devices;
    private final Path directory;

    /** @param root {@code /}, or a recorded tree with {@code run} and {@code sys} */
    public AttachmentRecords(Path root) {
        this.devices = root.resolve("sys/block");
        this.directory = root.resolve(DIRECTORY);
    }

    /** Those whose device is there, by number. */
    public List<AttachedDisk> all() throws IOException {
        List<AttachedDisk> found = new ArrayList<>();
        if (Files.isDirectory(directory)) {
            try (DirectoryStream<Path> names = Files.newDirectoryStream(devices, "nbd[0-9]*")) {
                for (Path name : names) {
                    of(new DiskDevice(number(name))).ifPresent(found::add);
                }
            } catch (NoSuchFileException e) {
                return List.of();
            }
        }
        found.sort(Comparator.comparingInt(disk -> disk.device().number()));
        return found;
    }

    /** The record of a device that is there. */
    public Optional<AttachedDisk> of(DiskDevice device) throws IOException {
        Optional<String> identifier = identifier(device).filter(AttachedDisk::isIdentifier);
        return identifier.isPresent() ? read(device, identifier.get()) : Optional.empty();
    }

    /**
     * Records what the kernel is about to be asked for, and takes away records whose device is gone.
     *
     * @param identifier what the kernel will be told about the device
     */
    public void announce(String identifier, DiskRequest request, long uid) throws IOException {
        Files.createDirectories(
                directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        sweep();
        Properties properties = new Properties();
        properties.setProperty(DISK, request.disk());
        properties.setProperty(ENGINE, request.engine());
        properties.setProperty(UID, Long.toString(uid));
        StringWriter text = new StringWriter();
        properties.store(text, null);
        Path temporary = directory.resolve("." + identifier);
        Files.createFile(temporary, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r--r--")));
        Files.writeString(temporary, text.toString());
        Files.move(temporary, directory.resolve(identifier), StandardCopyOption.ATOMIC_MOVE);
    }

    public void remove(String identifier) throws IOException {
        Files.deleteIfExists(directory.resolve(identifier));
    }

    private void sweep() throws IOException {
        Set<String> live = new HashSet<>();
        try (DirectoryStream<Path> names = Files.newDirectoryStream(devices, "nbd[0-9]*")) {
            for (Path name : names) {
                KernelText.value(name.resolve("backend")).ifPresent(live::add);
            }
        } catch (IOException | DirectoryIteratorException e) {
            // Which devices are alive cannot be told now; the next attach sweeps.
            return;
        }
        Instant oldest = Instant.now().minus(PENDING);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                if (!live.contains(file.getFileName().toString())
                        && Files.getLastModifiedTime(file).toInstant().isBefore(oldest)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private Optional<String> identifier(DiskDevice device) {
        try {
            return KernelText.value(devices.resolve(device.name()).resolve("backend"));
        } catch (IOException e) {
            // It is going away in this moment.
            return Optional.empty();
        }
    }

    private Optional<AttachedDisk> read(DiskDevice device, String identifier) throws IOException {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(Files.readString(directory.resolve(identifier))));
            return Optional.of(new AttachedDisk(
                    device,
                    properties.getProperty(DISK, ""),
                    properties.getProperty(ENGINE, ""),
                    Long.parseLong(properties.getProperty(UID, "")),
                    identifier));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IllegalArgumentException | CramdiskException e) {
            // Whatever it is, it is none of ours.
            return Optional.empty();
        }
    }

    private static int number(Path device) {
        return Integer.parseInt(device.getFileName().toString().substring("nbd".length()));
    }
}
