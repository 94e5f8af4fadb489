// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.volume;

import io.github.cramdisk.host.KernelText;
import io.github.cramdisk.host.syscall.DeviceNumber;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A network block device that is attached.
 *
 * @param path such as {@code /dev/nbd0}
 */
record NbdDevice(String path, DeviceNumber number, long sizeBytes) {
    private static final long SECTOR_BYTES = 512;

    /** Those attached now: only they have a process behind them. */
    static List<NbdDevice> read(Path root) throws IOException {
        List<NbdDevice> devices = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(root.resolve("sys/block"), "nbd*")) {
            for (Path entry : entries) {
                Optional<String> number = KernelText.value(entry.resolve("dev"));
                Optional<String> sectors = KernelText.value(entry.resolve("size"));
                if (Files.exists(entry.resolve("pid")) && number.isPresent() && sectors.isPresent()) {
                    devices.add(new NbdDevice(
                            "/dev/" + entry.getFileName(),
                            DeviceNumber.parse(number.get()),
                            Long.parseLong(sectors.get()) * SECTOR_BYTES));
                }
            }
        } catch (NoSuchFileException e) {
            return List.of();
        }
        devices.sort(Comparator.comparing(NbdDevice::path));
        return devices;
    }
}
