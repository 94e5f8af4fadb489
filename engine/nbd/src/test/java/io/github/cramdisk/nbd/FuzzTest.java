// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.nbd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Random bytes, and right streams with a few wrong bytes, for about a second each. */
@Timeout(60)
class FuzzTest {
    private static final Duration FOR = Duration.ofSeconds(1);

    @RegisterExtension
    final ServerFixture fixture = new ServerFixture();

    @Test
    void survivesRandomBytes() throws IOException {
        Random random = seeded();
        for (long end = System.nanoTime() + FOR.toNanos(); System.nanoTime() < end; ) {
            byte[] noise = new byte[random.nextInt(2000)];
            random.nextBytes(noise);
            talk(random.nextBoolean() ? prefixed(noise) : noise);
        }
        assertUnharmed();
    }

    @Test
    void survivesWrongBytesInRightStreams() throws IOException {
        Random random = seeded();
        for (long end = System.nanoTime() + FOR.toNanos(); System.nanoTime() < end; ) {
            byte[] stream = rightStream(random);
            for (int i = random.nextInt(4); i > 0; i--) {
                stream[random.nextInt(stream.length)] = (byte) random.nextInt();
            }
            talk(stream);
        }
        assertUnharmed();
    }

    private static Random seeded() {
        long seed = System.nanoTime();
        System.out.println("FuzzTest seed " + seed);
        return new Random(seed);
    }

    private void talk(byte[] stream) throws IOException {
        try (NbdTestClient client = NbdTestClient.connect(fixture.socket())) {
            try {
                client.send(stream);
                client.finishSending();
            } catch (IOException e) {
                return; // cut off already
            }
            ByteBuffer sink = ByteBuffer.allocate(1 << 16);
            try {
                while (client.channel().read(sink.clear()) >= 0) {
                    // until the server has closed
                }
            } catch (IOException e) {
                // reset
            }
        }
    }

    private void assertUnharmed() throws IOException {
        fixture.awaitNoConnections();
        assertThat(fixture.server().lentBuffers()).isZero();
        fixture.assertServesOthers();
    }

    private static byte[] prefixed(byte[] noise) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(new byte[] {0, 0, 0, 3});
        out.write(noise);
        return out.toByteArray();
    }

    private static byte[] rightStream(Random random) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(new byte[] {0, 0, 0, 3});
        option(out, 8);
        option(out, 10, NbdTestClient.contexts("disk", "base:allocation"));
        option(out, 7, NbdTestClient.info("disk", 0, 1, 2, 3));
        for (int i = 0; i < 20; i++) {
            int type = random.nextInt(9);
            int length = random.nextInt(10_000);
            int offset = random.nextInt(ServerFixture.SIZE_BYTES);
            out.write(NbdTestClient.header(NbdTestClient.REQUEST_MAGIC, 0, type, i, offset, length));
            if (type == NbdTestClient.WRITE) {
                out.write(new byte[length]);
            }
        }
        return out.toByteArray();
    }

    private static void option(ByteArrayOutputStream out, int option, byte... data) throws IOException {
        out.write(ByteBuffer.allocate(16)
                .putLong(NbdTestClient.OPTION_MAGIC)
                .putInt(option)
                .putInt(data.length)
                .array());
        out.write(data);
    }
}
