// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api.volume;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import java.math.BigInteger;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How large a tmpfs may become: bytes, a share of the machine's memory, or unlimited. Text on the wire, as people write
 * it: {@code 2G}, {@code 1.5G}, {@code 50%}, {@code 1/4}, {@code unlimited}.
 *
 * <p>The kernel gets whole bytes always: it refuses {@code 1.5G}.
 */
public sealed interface SizeLimit {
    /** What the kernel takes for "no limit"; see tmpfs(5). */
    long KERNEL_UNLIMITED = 0;

    /** @param size 1 or more; 0 would mean no limit to the kernel */
    record Bytes(ByteSize size) implements SizeLimit {
        /** @throws CramdiskException {@link ErrorKind#INVALID_SIZE_LIMIT} */
        public Bytes {
            if (size.bytes() == 0) {
                throw new CramdiskException(ErrorKind.INVALID_SIZE_LIMIT, "0");
            }
        }

        @Override
        @JsonValue
        public String toString() {
            return size.formatExact();
        }
    }

    /** A part of all memory of the machine; more than the whole is allowed, as the kernel allows it. */
    record Share(int numerator, int denominator) implements SizeLimit {
        private static final Pattern TEXT = Pattern.compile("([0-9]{1,5})(?:%|/([0-9]{1,5}))");
        private static final int PERCENT = 100;
        private static final int MOST = 10_000;

        /** @throws CramdiskException {@link ErrorKind#INVALID_SIZE_LIMIT} */
        public Share {
            if (numerator < 1 || numerator > MOST || denominator < 1 || denominator > MOST) {
                throw new CramdiskException(ErrorKind.INVALID_SIZE_LIMIT, numerator + "/" + denominator);
            }
        }

        @Override
        @JsonValue
        public String toString() {
            return denominator == PERCENT ? numerator + "%" : numerator + "/" + denominator;
        }
    }

    /** No limit but the machine's memory. */
    record Unlimited() implements SizeLimit {
        @Override
        @JsonValue
        public String toString() {
            return "unlimited";
        }
    }

    static SizeLimit unlimited() {
        return new Unlimited();
    }

    static SizeLimit of(ByteSize size) {
        return new Bytes(size);
    }

    /**
     * Reads {@code 2G}, {@code 1.5G}, {@code 4096}, {@code 50%}, {@code 1/4} or {@code unlimited}.
     *
     * @throws CramdiskException {@link ErrorKind#INVALID_SIZE_LIMIT}
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static SizeLimit parse(String text) {
        String plain = text.strip().toLowerCase(Locale.ROOT);
        if (plain.equals("unlimited")) {
            return unlimited();
        }
        Matcher share = Share.TEXT.matcher(plain);
        if (share.matches()) {
            String denominator = share.group(2);
            return new Share(
                    Integer.parseInt(share.group(1)),
                    denominator == null ? Share.PERCENT : Integer.parseInt(denominator));
        }
        try {
            return new Bytes(ByteSize.parse(plain));
        } catch (CramdiskException e) {
            throw new CramdiskException(ErrorKind.INVALID_SIZE_LIMIT, e, text);
        }
    }

    /**
     * The bytes to give to the kernel.
     *
     * @param ramBytes all memory of the machine (MemTotal)
     * @return rounded down to whole bytes, at least 1; {@link #KERNEL_UNLIMITED} for no limit
     */
    default long kernelBytes(long ramBytes) {
        if (this instanceof Bytes bytes) {
            return bytes.size().bytes();
        }
        if (this instanceof Share share) {
            long bytes = BigInteger.valueOf(ramBytes)
                    .multiply(BigInteger.valueOf(share.numerator()))
                    .divide(BigInteger.valueOf(share.denominator()))
                    .longValueExact();
            return Math.max(1, bytes);
        }
        return KERNEL_UNLIMITED;
    }
}
