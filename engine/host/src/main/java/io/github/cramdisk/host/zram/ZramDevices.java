// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.zram;

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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the zram devices of the machine; see Documentation/admin-guide/blockdev/zram.rst. */
public final class ZramDevices {
    private static final Pattern NAME = Pattern.compile("zram([0-9]{1,6})");
    private static final Pattern NUMBERED = Pattern.compile("#([0-9]+): (.*)");
    /** bd_stat counts in these units. */
    private static final long BACKING_UNIT_BYTES = 4096;

    private static final String NO_BACKING = "none";

    private final Path root;

    /**
     * @param root {@code /}, or a recorded tree with {@code sys/block}
     */
    public ZramDevices(Path root) {
        this.root = root;
    }

    /** Whether the kernel has zram, loaded or built in. */
    public boolean present() {
        return Files.isDirectory(root.resolve("sys/class/zram-control"));
    }

    /** All devices by number, those that are not set up too. */
    public List<ZramState> all() throws IOException {
        List<ZramState> devices = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(root.resolve("sys/block"), "zram*")) {
            for (Path entry : entries) {
                Matcher name = NAME.matcher(entry.getFileName().toString());
                if (name.matches()) {
                    read(Integer.parseInt(name.group(1))).ifPresent(devices::add);
                }
            }
        } catch (NoSuchFileException e) {
            return List.of();
        }
        devices.sort(Comparator.comparingInt(ZramState::index));
        return devices;
    }

    /** One device; empty where there is none with this number. */
    public Optional<ZramState> read(int index) throws IOException {
        Path directory = directory(index);
        try {
            return Optional.of(read(index, directory));
        } catch (IOException e) {
            // A device that is removed while it is read answers ENODEV.
            if (Files.isDirectory(directory)) {
                throw e;
            }
            return Optional.empty();
        }
    }

    /**
     * The number of a device of this name.
     *
     * @param name {@code zram0} or {@code /dev/zram0}
     * @return empty where it is the name of something else
     */
    public static Optional<Integer> indexOf(String name) {
        Matcher matcher = NAME.matcher(name.startsWith("/dev/") ? name.substring("/dev/".length()) : name);
        return matcher.matches() ? Optional.of(Integer.parseInt(matcher.group(1))) : Optional.empty();
    }

    private Path directory(int index) {
        return root.resolve("sys/block/zram" + index);
    }

    private static ZramState read(int index, Path directory) throws IOException {
        String algorithms = required(directory.resolve("comp_algorithm"));
        long size = Long.parseLong(required(directory.resolve("disksize")));
        Path recompression = directory.resolve("recomp_algorithm");
        return new ZramState(
                index,
                deviceNumber(directory.resolve("dev")),
                required(directory.resolve("initstate")).equals("1"),
                size,
                KernelText.chosen(algorithms).orElse(""),
                KernelText.choices(algorithms),
                recompression(recompression),
                Files.exists(recompression),
                Files.exists(directory.resolve("backing_dev")),
                Files.exists(directory.resolve("algorithm_params")),
                ZramMemory.of(numbers(directory.resolve("mm_stat"))),
                ZramIo.of(numbers(directory.resolve("stat")), numbers(directory.resolve("io_stat"))),
                backing(directory));
    }

    private static Optional<ZramBacking> backing(Path directory) throws IOException {
        Optional<String> device = KernelText.value(directory.resolve("backing_dev"));
        if (device.isEmpty() || device.get().equals(NO_BACKING)) {
            return Optional.empty();
        }
        List<Long> stat = numbers(directory.resolve("bd_stat"));
        return Optional.of(
                new ZramBacking(device.get(), backingBytes(stat, 0), backingBytes(stat, 1), backingBytes(stat, 2)));
    }

    private static long backingBytes(List<Long> stat, int index) {
        return index < stat.size() ? stat.get(index) * BACKING_UNIT_BYTES : 0;
    }

    /** Lines like {@code #1: lzo lzo-rle [zstd]}, one for each priority. */
    private static List<String> recompression(Path file) throws IOException {
        List<String> chosen = new ArrayList<>();
        for (String line : KernelText.value(file).orElse("").lines().toList()) {
            Matcher numbered = NUMBERED.matcher(line);
            if (numbered.matches()) {
                KernelText.chosen(numbered.group(2)).ifPresent(chosen::add);
            }
        }
        return chosen;
    }

    private static DeviceNumber deviceNumber(Path file) throws IOException {
        try {
            return DeviceNumber.parse(required(file));
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    private static String required(Path file) throws IOException {
        return KernelText.value(file).orElseThrow(() -> new NoSuchFileException(file.toString()));
    }

    /** The numbers of a file that holds nothing else; none where it does not exist. */
    private static List<Long> numbers(Path file) throws IOException {
        try {
            return KernelText.words(KernelText.value(file).orElse("")).stream()
                    .map(Long::parseLong)
                    .toList();
        } catch (NumberFormatException e) {
            throw new IOException(file + " holds something else than numbers", e);
        }
    }
}
