// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cramdisk.testmachine.Command;
import io.github.cramdisk.testmachine.Requirements;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Single requests over the real socket that nothing but a protocol library sends. */
final class WireIT {
    /** Promised: 100 ms on a free machine. These tests share theirs. */
    private static final int HUGE_RANGE_LIMIT_MILLIS = 1000;

    @RegisterExtension
    final EngineFixture engine = new EngineFixture();

    @BeforeAll
    static void requirePrograms() {
        Requirements.programs("nbdsh");
    }

    /** The longest range that 32 bits carry, less a block, on the largest disk, over data in every index leaf. */
    @Test
    void hugeRangesAreAnsweredAtOnceOnTheLargestDisk() {
        String uri = engine.createDisk("t", "16T");

        Command.Result result = NbdShell.run(uri, """
                import time
                length = (4 << 30) - 4096
                base = 9 << 40
                data = bytes(range(256)) * 16
                def timed(what, call):
                    began = time.monotonic()
                    call()
                    print("%s %.1f" % (what, (time.monotonic() - began) * 1000))
                def scatter():
                    for megabyte in range(4096):
                        h.pwrite(data, base + megabyte * (1 << 20) + 8192)
                def status():
                    seen = []
                    h.block_status(length, base, lambda c, o, entries, e: seen.extend(entries) or 0)
                    assert seen
                timed("BLOCK_STATUS-empty", status)
                scatter()
                timed("BLOCK_STATUS", status)
                timed("TRIM", lambda: h.trim(length, base))
                assert h.pread(4096, base + (4095 << 20) + 8192) == bytes(4096)
                scatter()
                timed("WRITE_ZEROES", lambda: h.zero(length, base))
                assert h.pread(4096, base + (4095 << 20) + 8192) == bytes(4096)
                scatter()
                timed("WRITE_ZEROES-NO_HOLE", lambda: h.zero(length, base, nbd.CMD_FLAG_NO_HOLE))
                assert h.pread(4096, base + (4095 << 20) + 8192) == bytes(4096)
                """).succeeded();

        System.out.print("milliseconds for 4 GiB less a block on a 16 TiB disk:\n" + result.out());
        assertThat(result.out().lines())
                .hasSize(5)
                .allSatisfy(line -> assertThat(Double.parseDouble(line.substring(line.indexOf(' ') + 1)))
                        .as(line)
                        .isLessThan(HUGE_RANGE_LIMIT_MILLIS));
    }

    @Test
    void lastBytesOfTheLargestDiskCanBeWritten() {
        String uri = engine.createDisk("t", "16T");

        NbdShell.run(uri, """
                h.pwrite(b'end', (16 << 40) - 3)
                assert h.pread(5, (16 << 40) - 5) == bytes(2) + b'end'
                """).succeeded();

        assertThat(engine.number("t", "residentBytes")).isLessThan(16L << 20);
    }

    /** nbdkit's memory plugin with its zstd allocator wipes the start of the first page here, and answers OK. */
    @Test
    void zeroesAcrossUntouchedRangesKeepTheirNeighbours() {
        String uri = engine.createDisk("t", "1G", "--codec", "zstd:3", "--block-size", "32K");

        NbdShell.run(uri, """
                edge = 128 << 20
                page = edge - 32768
                h.pwrite(b'A' * 32768, page)
                h.zero(65536, page + 1000)
                assert h.pread(1000, page) == b'A' * 1000
                assert h.pread(65536, page + 1000) == bytes(65536)
                """).succeeded();
    }

    @Test
    void blockStatusAgreesWithWhatWasWritten() {
        String uri = engine.createDisk("t", "256M");

        NbdShell.run(uri, """
                import random
                seed = random.randrange(1 << 32)
                print("seed", seed)
                r = random.Random(seed)
                block = 4096
                blocks = h.get_size() // block
                kind = bytearray(blocks)
                for i in range(400):
                    first = r.randrange(blocks)
                    count = min(r.randrange(1, 300), blocks - first)
                    if r.random() < 0.6:
                        h.pwrite(r.randbytes(block) * count, first * block)
                        kind[first:first + count] = b'\\1' * count
                    else:
                        h.trim(count * block, first * block)
                        kind[first:first + count] = b'\\0' * count
                seen = bytearray()
                while len(seen) < blocks:
                    got = []
                    h.block_status((blocks - len(seen)) * block, len(seen) * block,
                                   lambda c, o, entries, e: got.extend(entries) or 0)
                    for length, flags in zip(got[::2], got[1::2]):
                        assert length % block == 0
                        assert flags in (0, nbd.STATE_HOLE | nbd.STATE_ZERO), flags
                        seen += (b'\\1' if flags == 0 else b'\\0') * (length // block)
                assert bytes(seen[:blocks]) == bytes(kind)
                """).succeeded();
    }

    @Test
    void outOfRangeRequestsAreRefusedAndTheSessionGoesOn() {
        String uri = engine.createDisk("t", "64M");

        NbdShell.run(uri, """
                import errno
                h.set_strict_mode(0)
                def refused(call, *allowed):
                    try:
                        call()
                    except nbd.Error as e:
                        assert e.errnum in allowed, e
                    else:
                        raise AssertionError("accepted")
                end = h.get_size()
                refused(lambda: h.pread(1, end), errno.EINVAL)
                refused(lambda: h.pread(4096, end - 1), errno.EINVAL)
                refused(lambda: h.pwrite(b'x' * 4096, end - 1), errno.ENOSPC, errno.EINVAL)
                refused(lambda: h.pwrite(b'x', 2**63 - 1), errno.ENOSPC, errno.EINVAL)
                refused(lambda: h.trim(4096, end), errno.EINVAL)
                refused(lambda: h.zero(4096, end - 1), errno.ENOSPC, errno.EINVAL)
                h.pwrite(b'in step', end - 7)
                assert h.pread(7, end - 7) == b'in step'
                """).succeeded();
    }

    @Test
    void serveStdioIsOneSession() {
        engine.createDisk("t", "64M");
        String script = """
                h.connect_command(["%s", "disk", "serve", "t", "--stdio"])
                assert h.get_size() == 64 << 20
                h.pwrite(b'through a pipe', 12345)
                assert h.pread(14, 12345) == b'through a pipe'
                big = bytes(range(256)) * 4096
                for i in range(16):
                    h.pwrite(big, i << 20)
                for i in range(16):
                    assert h.pread(1 << 20, i << 20) == big
                h.shutdown()
                """.formatted(EngineFixture.launcher("cramdisk"));

        Command.run(engine.environment(), NbdShell.unconnected(script)).succeeded();
    }

    @Test
    void writesBeyondTheRamLimitAreRefusedAndTheRestStays() {
        String uri = engine.createDisk("t", "256M", "--ram-limit", "32M", "--full", "fail");

        NbdShell.run(uri, """
                import errno, random
                r = random.Random(1)
                def chunk(i):
                    return random.Random(i).randbytes(1 << 20)
                written = 0
                try:
                    for i in range(256):
                        h.pwrite(chunk(i), i << 20)
                        written = i + 1
                except nbd.Error as e:
                    assert e.errnum == errno.ENOSPC, e
                print(written)
                assert 16 <= written <= 32, written
                for i in range(written):
                    assert h.pread(1 << 20, i << 20) == chunk(i)
                h.pwrite(chunk(1000), 0)   # an overwrite still has room
                assert h.pread(1 << 20, 0) == chunk(1000)
                h.trim(8 << 20, 0)
                h.pwrite(chunk(7), 200 << 20)
                assert h.pread(1 << 20, 200 << 20) == chunk(7)
                """).succeeded();
        assertThat(engine.number("t", "residentBytes")).isLessThanOrEqualTo(32L << 20);
    }
}
