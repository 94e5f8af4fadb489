// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.nbd;

import static io.github.cramdisk.nbd.NbdTestClient.READ;
import static io.github.cramdisk.nbd.NbdTestClient.REQUEST_MAGIC;
import static io.github.cramdisk.nbd.NbdTestClient.WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The path of a request makes no garbage: neither on the session's thread nor on the workers'. */
@Timeout(60)
class AllocationTest {
    private static final int WARM_UP = 20_000;
    private static final int MEASURED = 20_000;

    /** For what the JVM itself does now and then on these threads. */
    private static final double TOLERATED_BYTES_PER_REQUEST = 1;

    @RegisterExtension
    final ServerFixture fixture = new ServerFixture();

    private final ByteBuffer replies = ByteBuffer.allocateDirect(1 << 20);

    @Test
    void smallReadsAndWritesAllocateNothing() throws IOException {
        fixture.device.fill((byte) 1);
        try (NbdTestClient simple = fixture.simple();
                NbdTestClient structured = fixture.structured()) {
            assertThat(bytesPerRequest(simple, READ, 4096, 16 + 4096)).isLessThan(TOLERATED_BYTES_PER_REQUEST);
            assertThat(bytesPerRequest(structured, READ, 4096, 28 + 4096)).isLessThan(TOLERATED_BYTES_PER_REQUEST);
            assertThat(bytesPerRequest(simple, WRITE, 4096, 16)).isLessThan(TOLERATED_BYTES_PER_REQUEST);
        }
    }

    private double bytesPerRequest(NbdTestClient client, int type, int length, int replyBytes) throws IOException {
        ByteBuffer batch = ByteBuffer.allocateDirect(16 * (28 + length));
        for (int i = 0; i < 16; i++) {
            batch.put(NbdTestClient.header(REQUEST_MAGIC, 0, type, i, (long) i * length, length));
            if (type == WRITE) {
                batch.position(batch.position() + length);
            }
        }
        batch.flip();
        exchange(client, batch, WARM_UP / 16, 16 * replyBytes);
        long before = allocatedByServer();
        exchange(client, batch, MEASURED / 16, 16 * replyBytes);
        return (double) (allocatedByServer() - before) / MEASURED;
    }

    private void exchange(NbdTestClient client, ByteBuffer batch, int times, int replyBytes) throws IOException {
        for (int i = 0; i < times; i++) {
            batch.rewind();
            while (batch.hasRemaining()) {
                client.channel().write(batch);
            }
            replies.clear().limit(replyBytes);
            while (replies.hasRemaining()) {
                client.channel().read(replies);
            }
        }
    }

    private static long allocatedByServer() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long sum = 0;
        for (ThreadInfo info : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (info != null && info.getThreadName().matches("nbd-(session|worker).*")) {
                sum += threads.getThreadAllocatedBytes(info.getThreadId());
            }
        }
        return sum;
    }
}
