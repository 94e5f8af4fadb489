// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.DiskSpec;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.config.ConfigApplied;
import io.github.cramdisk.api.config.ConfigDiff;
import io.github.cramdisk.api.config.ConfigExport;
import io.github.cramdisk.api.config.ConfigFormat;
import io.github.cramdisk.api.config.ConfigImport;
import io.github.cramdisk.api.config.ConfigRequest;
import io.github.cramdisk.api.config.ConfigSource;
import io.github.cramdisk.api.config.ConfigVolume;
import io.github.cramdisk.api.config.Configuration;
import io.github.cramdisk.api.rpc.EngineClient;
import io.github.cramdisk.config.MachineFiles;
import io.github.cramdisk.daemon.config.ConfigurationService;
import io.github.cramdisk.daemon.volume.RecordedMachine;
import io.github.cramdisk.daemon.volume.RecordingVerbs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The use cases of configuration as a front end has them: through the client, the socket and the server. */
class ConfigurationTest {
    private static final String FSTAB = "/etc/fstab";
    private static final String OWNERS_LINE = "tmpfs /srv/x tmpfs size=64M 0 0";

    @TempDir
    private Path directory;

    private final Map<String, String> files = new TreeMap<>(Map.of(FSTAB, OWNERS_LINE + "\nUUID=1 / ext4 rw 0 1\n"));
    private RecordingVerbs verbs;
    private RpcServer server;
    private EngineClient client;
    private Configuration configuration;

    /** Files as text, and Cramdisk installed where packages put it. */
    private final class Texts implements MachineFiles {
        @Override
        public byte @Nullable [] read(String path) {
            String text = files.get(path);
            return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public List<String> list(String place) {
            return files.keySet().stream()
                    .filter(path -> path.startsWith(place))
                    .map(path -> path.substring(place.length()))
                    .toList();
        }

        @Override
        public boolean isProgram(String path) {
            return path.startsWith("/usr/");
        }

        @Override
        public long ramBytes() {
            return ByteSize.ofGibi(8).bytes();
        }
    }

    @BeforeEach
    void start() throws IOException {
        RecordedMachine machine = new RecordedMachine(directory)
                .mount("tmpfs", "tmpfs", "0:40", "/gone/foreign", "rw,nosuid,nodev", "rw,size=1024k");
        verbs = new RecordingVerbs(machine);
        FakeEngine engine = new FakeEngine();
        engine.configuration = new ConfigurationService(
                machine.house(verbs),
                () -> List.of(new ConfigVolume.Disk(DiskSpec.of("scratch", ByteSize.ofGibi(1)), null)),
                new Texts());
        Path socket = directory.resolve("engine.sock");
        server = RpcServer.start(socket, engine);
        client = EngineClient.connect(socket, EngineClient.Timeouts.DEFAULT);
        configuration = client.configuration();
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        server.close();
        server.closeConnections();
    }

    private static ConfigRequest request(ConfigFormat format, String... names) {
        return new ConfigRequest(format, List.of(names), null);
    }

    @Test
    void exportsWhatTheEngineKeepsOrWhatIsNamed() {
        ConfigExport all = configuration.export(request(ConfigFormat.SHELL));
        assertThat(all.files())
                .singleElement()
                .satisfies(file -> assertThat(file.text())
                        .contains("cramdisk disk create scratch")
                        .doesNotContain("/gone/foreign"));
        ConfigExport one = configuration.export(request(ConfigFormat.FSTAB, "/gone/foreign"));
        assertThat(one.files().get(0).text()).contains("/gone/foreign").contains("size=1M");
    }

    @Test
    void exportsWhatItImports() {
        ConfigRequest imported = new ConfigRequest(ConfigFormat.NIXOS, List.of(), ConfigSource.FSTAB);
        assertThat(configuration.export(imported).files().get(0).text()).contains("fileSystems.\"/srv/x\"");
    }

    @Test
    void readsWhatIsThereAndTheMachineAsItRuns() {
        ConfigImport fstab = configuration.read(ConfigSource.FSTAB);
        assertThat(fstab.volumes())
                .singleElement()
                .satisfies(found -> assertThat(found.volume().target()).isEqualTo("/srv/x"));
        assertThat(configuration.read(ConfigSource.RUNNING).volumes())
                .singleElement()
                .satisfies(found -> assertThat(found.volume().target()).isEqualTo("/gone/foreign"));
    }

    @Test
    void theDifferenceLeavesWhatIsNotOursAsItIs() {
        ConfigDiff diff = configuration.diff(request(ConfigFormat.FSTAB, "/gone/foreign"));
        assertThat(diff.changes()).singleElement().satisfies(change -> {
            assertThat(change.before()).isEqualTo(files.get(FSTAB));
            assertThat(change.after()).startsWith(files.get(FSTAB)).contains("/gone/foreign");
            assertThat(change.unified()).contains("+tmpfs /gone/foreign").doesNotContain("-" + OWNERS_LINE);
        });
        assertThat(verbs.asked).isEmpty();
    }

    @Test
    void appliesDefinitionsAndReverts() {
        ConfigApplied applied = configuration.apply(request(ConfigFormat.FSTAB, "/gone/foreign"));
        assertThat(applied.paths()).isEmpty();
        configuration.revert(ConfigFormat.FSTAB);
        assertThat(verbs.asked).containsExactly("configure fstab tmpfs /gone/foreign", "revert fstab");
    }

    @Test
    void refusesWhatWouldNotWorkBeforeAnybodyIsAsked() {
        assertRefused(ErrorKind.CONFIG_REFUSED, request(ConfigFormat.FSTAB, "scratch"));
        assertRefused(ErrorKind.NO_SUCH_VOLUME, request(ConfigFormat.FSTAB, "/nowhere"));
        assertThat(verbs.asked).isEmpty();
    }

    private void assertRefused(ErrorKind kind, ConfigRequest request) {
        assertThatThrownBy(() -> configuration.apply(request))
                .isInstanceOfSatisfying(
                        CramdiskException.class, e -> assertThat(e.kind()).isEqualTo(kind));
    }
}
