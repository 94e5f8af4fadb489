// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.store;

import io.github.cramdisk.store.StoreException.Reason;
import io.github.cramdisk.store.arena.ArenaMapping;
import io.github.cramdisk.store.arena.SlotAllocator;
import io.github.cramdisk.store.index.BlockIndex;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The two files of a store, open: {@code NAME.index} and {@code NAME.arena}. */
record StoreFiles(StoreGeometry geometry, ArenaMapping index, ArenaMapping arena) {
    private static final String INDEX_SUFFIX = ".index";
    private static final String NEW_INDEX_SUFFIX = ".index.new";
    private static final String ARENA_SUFFIX = ".arena";

    static boolean exists(Path directory, String name) {
        return Files.exists(directory.resolve(name + INDEX_SUFFIX), LinkOption.NOFOLLOW_LINKS);
    }

    static List<String> list(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(INDEX_SUFFIX))
                    .map(name -> name.substring(0, name.length() - INDEX_SUFFIX.length()))
                    .sorted()
                    .toList();
        }
    }

    /** The index gets its name last, so that a store whose creation was cut short is never taken for a whole one. */
    static StoreFiles create(Path directory, String name, StoreGeometry geometry) throws IOException {
        if (exists(directory, name)) {
            throw new FileAlreadyExistsException(
                    directory.resolve(name + INDEX_SUFFIX).toString());
        }
        ArenaMapping arena = openArena(directory, name, true);
        try {
            // What an engine left that was killed while it created or removed this store.
            arena.releaseFrom(0);
            return new StoreFiles(geometry, createIndex(directory, name, geometry), arena);
        } catch (IOException | RuntimeException e) {
            arena.destroy();
            throw e;
        }
    }

    private static ArenaMapping createIndex(Path directory, String name, StoreGeometry geometry) throws IOException {
        ArenaMapping index = ArenaMapping.open(
                directory.resolve(name + NEW_INDEX_SUFFIX), BlockIndex.maxFileBytes(geometry.maxBlocks()), true, false);
        try {
            index.releaseFrom(0);
            if (!index.allocate(0, StoreHeader.BYTES)) {
                throw new StoreException(Reason.FULL, "no memory for a header in " + directory);
            }
            StoreHeader.create(index, geometry);
            index.renameTo(directory.resolve(name + INDEX_SUFFIX));
            return index;
        } catch (IOException | RuntimeException e) {
            index.destroy();
            throw e;
        }
    }

    static StoreFiles open(Path directory, String name) throws IOException {
        StoreGeometry geometry;
        try (ArenaMapping index = openIndex(
                directory, name, new StoreGeometry(StoreGeometry.MIN_BLOCK_BYTES, StoreGeometry.MIN_BLOCK_BYTES))) {
            if (index.fileBytes() < StoreHeader.BYTES) {
                throw new StoreException(Reason.DAMAGED, "its index file is too short");
            }
            geometry = StoreHeader.read(index);
        }
        ArenaMapping index = openIndex(directory, name, geometry);
        try {
            return new StoreFiles(geometry, index, openArena(directory, name, false));
        } catch (IOException | RuntimeException e) {
            index.close();
            throw e;
        }
    }

    static void delete(Path directory, String name) throws IOException {
        Files.deleteIfExists(directory.resolve(name + INDEX_SUFFIX));
        Files.deleteIfExists(directory.resolve(name + NEW_INDEX_SUFFIX));
        Files.deleteIfExists(directory.resolve(name + ARENA_SUFFIX));
    }

    void close() throws IOException {
        try (index) {
            arena.close();
        }
    }

    void destroy() throws IOException {
        // The index first: an arena without an index is nothing, an index without its arena would be damage.
        try {
            index.destroy();
        } finally {
            arena.destroy();
        }
    }

    private static ArenaMapping openArena(Path directory, String name, boolean create) throws IOException {
        return ArenaMapping.open(
                directory.resolve(name + ARENA_SUFFIX),
                SlotAllocator.MAX_BYTES,
                create,
                HugePages.offeredBy(directory));
    }

    private static ArenaMapping openIndex(Path directory, String name, StoreGeometry geometry) throws IOException {
        return ArenaMapping.open(
                directory.resolve(name + INDEX_SUFFIX), BlockIndex.maxFileBytes(geometry.maxBlocks()), false, false);
    }
}
