// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.disk;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;

/**
 * Writes PNG (W3C Portable Network Graphics, second edition), 8 bits a channel with alpha. The JDK's own writer would load
 * all of AWT into the window for one picture.
 */
final class Png {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    private static final int BITS = 8;
    private static final int COLOR_WITH_ALPHA = 6;
    private static final int HEADER_BYTES = 13;

    private Png() {}

    /** @param argb pixels row by row, 0xAARRGGBB */
    static byte[] of(int[] argb, int width, int height) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.write(SIGNATURE);
            ByteArrayOutputStream header = new ByteArrayOutputStream(HEADER_BYTES);
            DataOutputStream fields = new DataOutputStream(header);
            fields.writeInt(width);
            fields.writeInt(height);
            fields.writeByte(BITS);
            fields.writeByte(COLOR_WITH_ALPHA);
            // Deflate, the five filters, not interlaced.
            fields.write(new byte[3]);
            chunk(out, "IHDR", header.toByteArray());
            chunk(out, "IDAT", pixels(argb, width, height));
            chunk(out, "IEND", new byte[0]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] pixels(int[] argb, int width, int height) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflate = new DeflaterOutputStream(packed)) {
            byte[] row = new byte[1 + width * Integer.BYTES];
            for (int y = 0; y < height; y++) {
                int at = 1;
                for (int x = 0; x < width; x++) {
                    int pixel = argb[y * width + x];
                    row[at++] = (byte) (pixel >>> 16);
                    row[at++] = (byte) (pixel >>> 8);
                    row[at++] = (byte) pixel;
                    row[at++] = (byte) (pixel >>> 24);
                }
                deflate.write(row);
            }
        }
        return packed.toByteArray();
    }

    private static void chunk(DataOutputStream out, String type, byte[] data) throws IOException {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 crc = new CRC32();
        crc.update(name);
        crc.update(data);
        out.writeInt(data.length);
        out.write(name);
        out.write(data);
        out.writeInt((int) crc.getValue());
    }
}
