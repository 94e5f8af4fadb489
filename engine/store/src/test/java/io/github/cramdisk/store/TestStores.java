// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Random;
import java.util.stream.Stream;

/** What the tests of the store share: a directory of their own on tmpfs, and data of every kind. */
final class TestStores implements AutoCloseable {
    static final StoreSettings LZ4 = new StoreSettings(StoreCodec.LZ4, StoreSettings.NO_LIMIT);
    static final StoreSettings ZSTD = new StoreSettings(StoreCodec.zstd(3), StoreSettings.NO_LIMIT);

    private final Path directory;

    TestStores() {
        try {
            directory = Files.createTempDirectory(
                    Path.of("/dev/shm"),
                    "cramdisk-test",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path directory() {
        return directory;
    }

    BlockStore create(StoreGeometry geometry, StoreSettings settings) throws IOException {
        return BlockStore.create(directory, "t", geometry, settings, MemoryGate.OPEN);
    }

    BlockStore open(StoreSettings settings) throws IOException {
        return BlockStore.open(directory, "t", settings, MemoryGate.OPEN);
    }

    /** Memory that the files really hold, as the kernel counts it. */
    long heldBytes() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.mapToLong(TestStores::heldBytes).sum();
        }
    }

    private static long heldBytes(Path file) {
        try {
            Process stat = new ProcessBuilder("stat", "-c", "%b", file.toString()).start();
            return 512
                    * Long.parseLong(
                            new String(stat.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.US_ASCII)
                                    .strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A random seed, printed so that a failure can be repeated. */
    static long newSeed(String test) {
        long seed = System.nanoTime();
        System.out.println(test + ": seed " + seed);
        return seed;
    }

    /** Fills a range with noise, text, one pattern or zeroes, as chance has it. */
    static void fill(Random random, byte[] bytes, int from, int length) {
        switch (random.nextInt(5)) {
            case 0 -> {
                for (int i = from; i < from + length; i++) {
                    bytes[i] = (byte) random.nextInt();
                }
            }
            case 1 -> java.util.Arrays.fill(bytes, from, from + length, (byte) 0);
            case 2 -> {
                int pattern = random.nextInt();
                for (int i = from; i < from + length; i++) {
                    bytes[i] = (byte) (pattern >>> ((i & 3) * 8));
                }
            }
            default -> {
                int alphabet = 2 + random.nextInt(30);
                for (int i = from; i < from + length; i++) {
                    bytes[i] = (byte) ('a' + random.nextInt(alphabet));
                }
            }
        }
    }

    /** Words in random order: lz4 and zstd both make them smaller, zstd more. */
    static byte[] text(int length) {
        String[] words = {"memory ", "block ", "squeeze ", "index ", "arena ", "slot ", "leaf ", "stripe ", "granule "};
        Random random = new Random(length);
        byte[] bytes = new byte[length];
        int at = 0;
        while (at < length) {
            byte[] word = (words[random.nextInt(words.length)] + random.nextInt(1000))
                    .getBytes(java.nio.charset.StandardCharsets.US_ASCII);
            int fits = Math.min(word.length, length - at);
            System.arraycopy(word, 0, bytes, at, fits);
            at += fits;
        }
        return bytes;
    }

    static byte[] read(BlockStore store, long offset, int length) throws StoreException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(length + 2);
        buffer.put(0, (byte) 0x5A).put(length + 1, (byte) 0x5A);
        store.read(offset, length, buffer, 1);
        if (buffer.get(0) != 0x5A || buffer.get(length + 1) != 0x5A) {
            throw new AssertionError("a read touched bytes outside its range");
        }
        byte[] bytes = new byte[length];
        buffer.get(1, bytes);
        return bytes;
    }

    static void write(BlockStore store, long offset, byte[] bytes, int from, int length) throws StoreException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(length + 3);
        buffer.put(3, bytes, from, length);
        store.write(offset, length, buffer, 3);
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }
}
