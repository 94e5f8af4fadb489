// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.nbd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The clients that people use. Where a tool is not installed the test is skipped and says so; in CI (variable CI set)
 * it fails.
 */
@Timeout(120)
class RealClientsTest {
    /** The one that the distribution's libnbd belongs to, whatever comes first on the path. */
    private static final String PYTHON = "/usr/bin/python3";

    @RegisterExtension
    final ServerFixture fixture = new ServerFixture();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Test
    void nbdinfoDescribesAnExport() throws Exception {
        String text = run("nbdinfo", uri("disk"));
        assertThat(text)
                .contains("newstyle-fixed", "using structured packets", "a test disk", "export-size: 8388608")
                .contains("base:allocation", "can_multi_conn: true", "can_fast_zero: true", "can_df: true")
                .contains("block_size_minimum: 1", "block_size_preferred: 4096", "block_size_maximum: 33554432");
        assertThat(run("nbdinfo", uri("fixed"))).contains("is_read_only: true", "can_trim: false");
        assertThat(run("nbdinfo", "--size", uri("disk"))).isEqualTo("8388608\n");
    }

    @Test
    void nbdinfoListsAllExports() throws Exception {
        assertThat(run("nbdinfo", "--list", uri(""))).contains("export=\"disk\":", "export=\"fixed\":");
    }

    @Test
    void nbdinfoMapsAFreshAndAWrittenDisk() throws Exception {
        assertThat(run("nbdinfo", "--map", uri("disk")).trim()).matches("0\\s+8388608\\s+3\\s+hole,zero");
        try (NbdTestClient client = fixture.simple()) {
            client.write(1 << 20, new byte[100_000]);
        }
        assertThat(run("nbdinfo", "--map", uri("disk")).lines())
                .hasSize(3)
                .element(1)
                .asString()
                .containsPattern("1048576\\s+102400\\s+0\\s+data");
    }

    @Test
    void nbdcopyInAndOutWithFourConnections() throws Exception {
        byte[] data = new byte[ServerFixture.SIZE_BYTES];
        Random random = new Random(5);
        for (int i = 0; i < data.length; i += 3 * 70_000) {
            byte[] part = new byte[Math.min(70_000, data.length - i)];
            random.nextBytes(part);
            System.arraycopy(part, 0, data, i, part.length);
        }
        Path in = Files.write(directory.resolve("in"), data);
        for (String connections : new String[] {"1", "4"}) {
            Path out = directory.resolve("out" + connections);
            run("nbdcopy", "--connections=" + connections, in.toString(), uri("disk"));
            assertThat(fixture.device.firstDifference(data)).isNull();
            run("nbdcopy", "--connections=" + connections, uri("disk"), out.toString());
            assertThat(Files.mismatch(in, out)).isEqualTo(-1);
            run("nbdcopy", "--no-extents", "--request-size=33554432", uri("disk"), out.toString());
            assertThat(Files.mismatch(in, out)).isEqualTo(-1);
        }
    }

    @Test
    void qemuIoAtOddOffsets() throws Exception {
        String text = run(
                "qemu-io",
                "-f",
                "raw",
                "-c",
                "write -P 17 511 70003",
                "-c",
                "read -P 17 511 70003",
                "-c",
                "write -z 600 5000",
                "-c",
                "read -P 0 600 5000",
                "-c",
                "read -P 17 511 89",
                "-c",
                "discard 8192 65536",
                "-c",
                "write -f -P 3 1000000 1",
                "-c",
                "read -P 3 1000000 1",
                "-c",
                "flush",
                uri("disk"));
        assertThat(text).doesNotContain("failed", "rror", "mismatch");
        assertThat(fixture.device.flushes.get()).isPositive();
    }

    @Test
    void qemuImgConvertsAndCompares() throws Exception {
        byte[] data = new byte[ServerFixture.SIZE_BYTES];
        new Random(6).nextBytes(data);
        Path in = Files.write(directory.resolve("in"), data);
        run("qemu-img", "convert", "-n", "-f", "raw", "-O", "raw", in.toString(), uri("disk"));
        assertThat(run("qemu-img", "compare", "-f", "raw", "-F", "raw", in.toString(), uri("disk")))
                .contains("identical");
    }

    @Test
    void libnbdSeesHolesAndErrors() throws Exception {
        String script = String.join(
                "\n",
                "import nbd",
                "h = nbd.NBD()",
                "h.set_strict_mode(0)",
                "h.add_meta_context('base:allocation')",
                "h.connect_uri('" + uri("disk") + "')",
                "h.pwrite(b'x' * 4096, 65536)",
                "holes = []",
                "def chunk(data, offset, status, error):",
                "    if status == nbd.READ_HOLE: holes.append((offset, len(data)))",
                "h.pread_structured(200000, 0, chunk)",
                "assert holes == [(0, 65536), (69632, 130368)], holes",
                "try:",
                "    h.pread(512, h.get_size())",
                "    assert False",
                "except nbd.Error as e:",
                "    assert e.errno == 'EINVAL', e.errno",
                "try:",
                "    h.pwrite(b'x' * 512, h.get_size())",
                "    assert False",
                "except nbd.Error as e:",
                "    assert e.errno == 'ENOSPC', e.errno",
                "assert h.pread(1, 65536) == b'x'",
                "h.zero(h.get_size(), 0, nbd.CMD_FLAG_FAST_ZERO | nbd.CMD_FLAG_NO_HOLE)",
                "h.trim(h.get_size(), 0, nbd.CMD_FLAG_FUA)",
                "h.cache(h.get_size(), 0)",
                "h.flush()",
                "h.shutdown()");
        if (!canImportNbd()) {
            missing("the nbd module of " + PYTHON);
        }
        run(PYTHON, "-c", script);
        fixture.awaitNoConnections();
    }

    private String uri(String export) {
        return "nbd+unix:///" + export + "?socket=" + fixture.socket();
    }

    private static String run(String... command) throws IOException, InterruptedException {
        requireTool(command[0]);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue())
                .as("%s: %s", String.join(" ", command), output)
                .isZero();
        return output;
    }

    private static boolean canImportNbd() throws IOException, InterruptedException {
        requireTool(PYTHON);
        return new ProcessBuilder(PYTHON, "-c", "import nbd").start().waitFor() == 0;
    }

    private static void requireTool(String name) {
        if (name.startsWith("/") && Files.isExecutable(Path.of(name))) {
            return;
        }
        for (String folder : System.getenv("PATH").split(":", -1)) {
            if (Files.isExecutable(Path.of(folder, name))) {
                return;
            }
        }
        missing(name);
    }

    private static void missing(String name) {
        assertThat(System.getenv("CI")).as("%s is not installed", name).isNull();
        System.out.println("skipped: " + name + " is not installed");
        Assumptions.abort(name + " is not installed");
    }
}
