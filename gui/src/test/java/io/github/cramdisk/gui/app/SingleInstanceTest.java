// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cramdisk.api.RuntimeFiles;
import io.github.cramdisk.gui.common.Tasks;
import io.github.cramdisk.gui.create.Purpose;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two starts of the window, without a window. */
final class SingleInstanceTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    private final LinkedBlockingQueue<StartOptions> received = new LinkedBlockingQueue<>();
    private final Tasks tasks = Tasks.withWindowThread(Runnable::run);
    private final List<SingleInstance> made = new ArrayList<>();

    @TempDir
    Path directory;

    private RuntimeFiles files;

    @BeforeEach
    void placeFiles() throws IOException {
        long uid = Integer.toUnsignedLong((Integer) Files.getAttribute(directory, "unix:uid"));
        files = new RuntimeFiles(
                Map.of("CRAMDISK_RUNTIME_DIR", directory.resolve("run").toString()), uid);
    }

    @AfterEach
    void closeAll() {
        made.forEach(SingleInstance::close);
        tasks.close();
    }

    private Optional<SingleInstance> claim(String display, Duration patience, String... arguments) {
        Optional<SingleInstance> claimed = SingleInstance.claim(files, display, List.of(arguments), patience);
        claimed.ifPresent(made::add);
        return claimed;
    }

    private SingleInstance serveFirst() {
        SingleInstance first = claim(":0", LONG).orElseThrow();
        first.serve(tasks, received::add);
        return first;
    }

    /** What the window answers to these bytes; empty where it only closes. */
    private String answerTo(byte[] bytes) throws IOException {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(files.windowSocket()))) {
            channel.write(ByteBuffer.wrap(bytes));
            channel.shutdownOutput();
            String answer = WindowMessage.readLine(channel, LONG);
            return answer == null ? "" : answer;
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void theSecondHandsItsArgumentsToTheFirst() throws Exception {
        serveFirst();
        String name = "/srv/a name\nof two lines, 100%";
        assertThat(claim(":0", LONG, "--volume", name)).isEmpty();
        assertThat(received.poll(20, TimeUnit.SECONDS)).isEqualTo(new StartOptions(null, name, false));
        assertThat(claim(":0", LONG, "--create")).isEmpty();
        assertThat(received.poll(20, TimeUnit.SECONDS)).isEqualTo(new StartOptions(Purpose.DISK, null, false));
    }

    @Test
    void onlyTheOwnerMayReachTheSocket() throws IOException {
        serveFirst();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(files.windowSocket())))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(files.windowLock())))
                .isEqualTo("rw-------");
    }

    @Test
    void aSocketLeftByAKilledWindowIsReplaced() throws IOException {
        files.prepareRuntimeDirectory();
        try (ServerSocketChannel killed = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            killed.bind(UnixDomainSocketAddress.of(files.windowSocket()));
        }
        assertThat(files.windowSocket()).exists();
        serveFirst();
        assertThat(claim(":0", LONG)).isEmpty();
    }

    @Test
    void whenTheFirstIsClosedTheNextOpensAWindow() {
        serveFirst().close();
        assertThat(files.windowSocket()).doesNotExist();
        serveFirst();
        assertThat(claim(":0", LONG)).isEmpty();
    }

    @Test
    void garbageIsRefusedAndTheNextStartIsStillAnswered() throws Exception {
        serveFirst();
        assertThat(answerTo(bytes("%3A0 --no-such-option\n"))).isEqualTo("refused");
        assertThat(answerTo(bytes("%3A0 %zz\n"))).isEqualTo("refused");
        assertThat(answerTo(bytes("\n"))).isEqualTo("elsewhere");
        assertThat(answerTo(new byte[] {(byte) 0xff, (byte) 0xfe, '\n'})).isEmpty();
        assertThat(answerTo(bytes("%3A0 --create"))).as("without a line feed").isEmpty();
        assertThat(received).isEmpty();
        assertThat(claim(":0", LONG, "--create")).isEmpty();
        assertThat(received.poll(20, TimeUnit.SECONDS)).isEqualTo(new StartOptions(Purpose.DISK, null, false));
    }

    @Test
    void aLineThatIsTooLongIsNotReadToItsEnd() throws Exception {
        serveFirst();
        assertThat(answerTo(bytes("x".repeat(WindowMessage.MAX_LINE_BYTES)))).isEmpty();
        assertThat(received).isEmpty();
    }

    @Test
    void argumentsThatAreTooLongOpenAWindowOfTheirOwn() {
        serveFirst();
        assertThat(claim(":0", Duration.ofMillis(200), "--volume", "x".repeat(WindowMessage.MAX_LINE_BYTES)))
                .isPresent();
        assertThat(received).isEmpty();
    }

    @Test
    void aWindowOnAnotherDisplayIsLeftAlone() {
        serveFirst();
        assertThat(claim(":1", LONG)).isPresent();
        assertThat(received).isEmpty();
    }

    @Test
    void aWindowThatDoesNotAnswerKeepsNobodyWaitingForEver() {
        claim(":0", LONG);
        assertThat(claim(":0", Duration.ofMillis(200))).isPresent();
    }
}
