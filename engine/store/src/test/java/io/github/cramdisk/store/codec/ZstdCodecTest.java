// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.store.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Frames of which the beginning can be restored by itself. */
final class ZstdCodecTest {
    private static final int PART = 16 << 10;
    private static final int WHOLE = 4 * PART;
    private static final int AT = 8;

    private final ZstdCodec codec = new ZstdCodec();
    private final ByteBuffer frame = ByteBuffer.allocateDirect(AT + ZstdCodec.maxCompressedBytes(WHOLE));
    private final ByteBuffer restored = ByteBuffer.allocateDirect(WHOLE + 1);

    @AfterEach
    void closeCodec() {
        codec.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {WHOLE, WHOLE - 4096, PART + 4096, PART, 8192})
    void partsAreRestoredFromTheBeginning(int length) {
        byte[] content = mixed(length);
        int stored = compress(content);
        for (int parts = 1; parts <= 5; parts++) {
            int expected = Math.min(length, parts * PART);
            assertThat(restore(stored, parts, length)).isEqualTo(expected);
            assertThat(restoredBytes(expected)).isEqualTo(Arrays.copyOf(content, expected));
        }
        assertThat(codec.decompress(frame, AT, stored, restored, 0, length)).isTrue();
        assertThat(restoredBytes(length)).isEqualTo(content);
    }

    @Test
    void aFrameInOnePartIsRestoredWhole() {
        byte[] content = mixed(WHOLE);
        int stored = codec.compress(direct(content), 0, WHOLE, frame, AT, frame.capacity() - AT);
        assertThat(restore(stored, 1, WHOLE)).isEqualTo(WHOLE);
        assertThat(restoredBytes(WHOLE)).isEqualTo(content);
    }

    @Test
    void aHighLevelMayMakeMorePartsOfTheSameContent() {
        codec.setLevel(19);
        byte[] content = mixed(WHOLE);
        int stored = compress(content);
        for (int parts = 1; parts <= 4; parts++) {
            int length = restore(stored, parts, WHOLE);
            assertThat(length).isBetween(1, parts * PART);
            assertThat(restoredBytes(length)).isEqualTo(Arrays.copyOf(content, length));
        }
    }

    @Test
    void whatIsNoFrameIsNotRestored() {
        int stored = compress(mixed(WHOLE));
        assertThat(restore(3, 1, WHOLE)).as("cut off in the first header").isEqualTo(BlockCodec.DOES_NOT_FIT);
        assertThat(restore(10, 1, WHOLE)).as("cut off in the first part").isEqualTo(BlockCodec.DOES_NOT_FIT);
        assertThat(restore(stored, 2, PART)).as("more than there is room for").isEqualTo(BlockCodec.DOES_NOT_FIT);
        frame.put(AT, (byte) 0x20);
        assertThat(restore(stored, 1, WHOLE)).as("another descriptor").isEqualTo(BlockCodec.DOES_NOT_FIT);
    }

    @Test
    void nothingIsWrittenBehindTheTargetWhateverTheFrameIs() {
        Random random = new Random(7);
        byte[] noise = new byte[200];
        for (int i = 0; i < 20_000; i++) {
            random.nextBytes(noise);
            noise[0] = 0;
            frame.put(AT, noise);
            restored.put(PART, (byte) 0x5A);
            int length = codec.decompressParts(frame, AT, noise.length, 1 + random.nextInt(4), restored, 0, PART);
            assertThat(length).isLessThanOrEqualTo(PART);
            assertThat(restored.get(PART)).isEqualTo((byte) 0x5A);
        }
    }

    private int compress(byte[] content) {
        int capacity = frame.capacity() - AT;
        return codec.compressInParts(direct(content), content.length, PART, frame, AT, capacity);
    }

    private int restore(int stored, int parts, int length) {
        byte[] before = new byte[stored];
        frame.get(AT, before);
        int restoredLength = codec.decompressParts(frame, AT, stored, parts, restored, 0, length);
        byte[] after = new byte[stored];
        frame.get(AT, after);
        assertThat(after).as("the frame").isEqualTo(before);
        return restoredLength;
    }

    private byte[] restoredBytes(int length) {
        byte[] bytes = new byte[length];
        restored.get(0, bytes);
        return bytes;
    }

    private static ByteBuffer direct(byte[] content) {
        return ByteBuffer.allocateDirect(content.length).put(0, content);
    }

    /** Text, noise and one repeated byte, so that there are blocks of every type. */
    private static byte[] mixed(int length) {
        byte[] bytes = new byte[length];
        Random random = new Random(6);
        for (int i = 0; i < length; i++) {
            bytes[i] = switch (i / PART) {
                case 1 -> (byte) random.nextInt();
                case 2 -> 'x';
                default -> (byte) ('a' + random.nextInt(5));
            };
        }
        return bytes;
    }
}
