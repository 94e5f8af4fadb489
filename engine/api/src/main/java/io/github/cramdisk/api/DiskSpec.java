// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The definition of a compressed disk: what a user asks for, and what is kept in the configuration.
 *
 * @param name 1 to 64 of {@code A-Z a-z 0-9 . _ -}, the first a letter or digit; also the NBD export name
 * @param size logical size, 4 KiB to 16 TiB, a multiple of 4 KiB
 * @param blockSize unit of compression, a power of two from 4 KiB to 64 KiB
 * @param ramLimit cap on resident bytes; null: only the machine's own memory limits the disk
 * @param readOnly whether NBD clients may only read
 * @param whenFull what happens at the RAM limit
 * @param squeeze whether unused blocks are compressed again, more strongly
 */
public record DiskSpec(
        String name,
        ByteSize size,
        CodecSpec codec,
        ByteSize blockSize,
        @Nullable ByteSize ramLimit,
        boolean readOnly,
        FullPolicy whenFull,
        SqueezeSpec squeeze) {
    public static final ByteSize MIN_SIZE = ByteSize.ofKibi(4);
    public static final ByteSize MAX_SIZE = ByteSize.ofGibi(16 << 10);
    public static final ByteSize SIZE_STEP = ByteSize.ofKibi(4);
    public static final ByteSize MIN_BLOCK_SIZE = ByteSize.ofKibi(4);
    public static final ByteSize MAX_BLOCK_SIZE = ByteSize.ofKibi(64);
    /** Below this a disk could not hold one segment, the index and the reserve for overwrites. */
    public static final ByteSize MIN_RAM_LIMIT = ByteSize.ofMebi(8);

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    /**
     * @throws CramdiskException {@link ErrorKind#INVALID_NAME}, {@link ErrorKind#INVALID_DISK_SIZE},
     *     {@link ErrorKind#INVALID_BLOCK_SIZE}, {@link ErrorKind#INVALID_RAM_LIMIT} or {@link ErrorKind#INVALID_GROWTH}
     */
    public DiskSpec {
        checkName(name);
        checkSize(size);
        if (Long.bitCount(blockSize.bytes()) != 1
                || blockSize.compareTo(MIN_BLOCK_SIZE) < 0
                || blockSize.compareTo(MAX_BLOCK_SIZE) > 0) {
            throw new CramdiskException(ErrorKind.INVALID_BLOCK_SIZE, blockSize.formatExact());
        }
        if (ramLimit != null) {
            checkRamLimit(ramLimit);
        }
        checkGrowth(ramLimit, whenFull.growTo());
    }

    /** A disk with the usual squeezing. */
    public DiskSpec(
            String name,
            ByteSize size,
            CodecSpec codec,
            ByteSize blockSize,
            @Nullable ByteSize ramLimit,
            boolean readOnly,
            FullPolicy whenFull) {
        this(name, size, codec, blockSize, ramLimit, readOnly, whenFull, SqueezeSpec.defaultFor(codec));
    }

    /** A disk with the usual behaviour at its RAM limit, and the usual squeezing. */
    public DiskSpec(
            String name,
            ByteSize size,
            CodecSpec codec,
            ByteSize blockSize,
            @Nullable ByteSize ramLimit,
            boolean readOnly) {
        this(name, size, codec, blockSize, ramLimit, readOnly, FullPolicy.DEFAULT);
    }

    /** A disk with the default codec (lz4) and block size (4 KiB) and no RAM limit. */
    public static DiskSpec of(String name, ByteSize size) {
        return new DiskSpec(name, size, CodecSpec.LZ4, MIN_BLOCK_SIZE, null, false);
    }

    /** From the wire or a file: everything but name and size may be left out and then has its default. */
    @JsonCreator
    static DiskSpec fromProperties(
            @JsonProperty(value = "name", required = true) String name,
            @JsonProperty(value = "size", required = true) ByteSize size,
            @JsonProperty("codec") @Nullable CodecSpec codec,
            @JsonProperty("blockSize") @Nullable ByteSize blockSize,
            @JsonProperty("ramLimit") @Nullable ByteSize ramLimit,
            @JsonProperty("readOnly") boolean readOnly,
            @JsonProperty("whenFull") @Nullable FullPolicy whenFull,
            @JsonProperty("squeeze") @Nullable SqueezeSpec squeeze) {
        CodecSpec newCodec = codec == null ? CodecSpec.LZ4 : codec;
        return new DiskSpec(
                name,
                size,
                newCodec,
                blockSize == null ? MIN_BLOCK_SIZE : blockSize,
                ramLimit,
                readOnly,
                whenFull == null ? FullPolicy.DEFAULT : whenFull,
                squeeze == null ? SqueezeSpec.defaultFor(newCodec) : squeeze);
    }

    /** @throws CramdiskException {@link ErrorKind#INVALID_NAME} */
    public static String checkName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new CramdiskException(ErrorKind.INVALID_NAME, name);
        }
        return name;
    }

    /** @throws CramdiskException {@link ErrorKind#INVALID_DISK_SIZE} */
    public static ByteSize checkSize(ByteSize size) {
        if (size.compareTo(MIN_SIZE) < 0 || size.compareTo(MAX_SIZE) > 0 || size.bytes() % SIZE_STEP.bytes() != 0) {
            throw new CramdiskException(ErrorKind.INVALID_DISK_SIZE, size.formatExact());
        }
        return size;
    }

    static ByteSize checkRamLimit(ByteSize limit) {
        if (limit.compareTo(MIN_RAM_LIMIT) < 0) {
            throw new CramdiskException(ErrorKind.INVALID_RAM_LIMIT, limit.formatExact());
        }
        return limit;
    }

    private static void checkGrowth(@Nullable ByteSize limit, @Nullable ByteSize growTo) {
        if (growTo == null) {
            return;
        }
        if (limit == null) {
            throw new CramdiskException(ErrorKind.INVALID_GROWTH, growTo.formatExact(), "the disk has no RAM limit");
        }
        if (growTo.compareTo(limit) <= 0) {
            throw new CramdiskException(
                    ErrorKind.INVALID_GROWTH, growTo.formatExact(), "the limit is " + limit.formatExact() + " already");
        }
    }

    /** This definition with another size. */
    public DiskSpec withSize(ByteSize newSize) {
        return new DiskSpec(name, newSize, codec, blockSize, ramLimit, readOnly, whenFull, squeeze);
    }

    /**
     * This definition with the given changes applied. A limit that is raised to where it may grow, or taken away, leaves
     * nothing to grow, unless the update says more.
     */
    public DiskSpec with(DiskUpdate update) {
        CodecSpec newCodec = update.codec() != null ? update.codec() : codec;
        ByteSize newLimit = update.removeRamLimit() ? null : update.ramLimit() != null ? update.ramLimit() : ramLimit;
        boolean newReadOnly = update.readOnly() != null ? update.readOnly() : readOnly;
        ByteSize growTo = whenFull.growTo();
        if (growTo != null && (newLimit == null || growTo.compareTo(newLimit) <= 0)) {
            growTo = null;
        }
        if (update.growTo() != null || update.removeGrowTo()) {
            growTo = update.growTo();
        }
        FullWait newWait = update.fullWait() != null ? update.fullWait() : whenFull.fullWait();
        return new DiskSpec(
                name,
                size,
                newCodec,
                blockSize,
                newLimit,
                newReadOnly,
                new FullPolicy(growTo, newWait),
                update.squeeze() != null ? update.squeeze() : squeeze);
    }
}
