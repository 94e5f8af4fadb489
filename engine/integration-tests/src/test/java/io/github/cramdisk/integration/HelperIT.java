// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.cramdisk.testmachine.Command;
import io.github.cramdisk.testmachine.PrivateMachine;
import io.github.cramdisk.testmachine.Requirements;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/**
 * The installed helper, called over a real system bus by unprivileged users, with a real polkit. The name of a directory
 * decides what polkit says about it: {@code allowed}, {@code asked} (the user's own password), {@code default} (what the
 * policy file says); of everything else it says no. See {@code private-machine.sh}.
 */
class HelperIT {
    private static final String USER = PrivateMachine.USER;
    private static final String OTHER = PrivateMachine.OTHER;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String FLAGS = "'flags': <{'atime': <'RELATIME'>}>";
    private static final int HOSTILE_CALLS = 10_000;

    private static PrivateMachine machine;

    private final List<Process> started = new ArrayList<>();
    private List<String> before = List.of();

    @BeforeAll
    static void startMachine() throws IOException {
        Requirements.root();
        Requirements.programs(
                "unshare",
                "nsenter",
                "setpriv",
                "dbus-daemon",
                "gdbus",
                "pkttyagent",
                "script",
                "useradd",
                "systemd-analyze");
        machine = PrivateMachine.start();
    }

    @AfterAll
    static void stopMachine() throws IOException {
        if (machine != null) {
            machine.close();
        }
    }

    @BeforeEach
    void remember() {
        before = machine.mounts();
    }

    @AfterEach
    void cleanUp(TestInfo test) {
        started.forEach(process -> {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        });
        for (String target : machine.mountsUnder("/home")) {
            if (!target.equals("/home")) {
                machine.run("root", "umount", target);
            }
        }
        assertThat(machine.mounts()).as("mounts after " + test.getDisplayName()).isEqualTo(before);
    }

    @Test
    void mountsOnTheCallersOwnDirectoryWhenAllowed() {
        String target = machine.directory(USER, "/home/cdtest/allowed");
        machine.call(USER, "MountTmpfs", tmpfs(target, "16M")).succeeded();

        String line = machine.run("root", "grep", " " + target + " ", "/proc/self/mountinfo")
                .out();
        assertThat(line).contains("nosuid").contains("nodev").contains("size=16384k");
        assertThat(machine.run(USER, "sh", "-c", "echo x > " + target + "/file").exitCode())
                .isZero();

        // It is the caller's own: nobody is asked, also of a helper that was started anew.
        machine.helper().destroyForcibly();
        await().atMost(PATIENCE).until(() -> machine.helpers().isEmpty());
        machine.call(USER, "Unmount", unmount(target)).succeeded();
        assertThat(machine.mountsUnder(target)).isEmpty();
    }

    @Test
    void tellsDeniedFromDismissedFromNobodyToAsk() throws IOException {
        String denied = machine.directory(USER, "/home/cdtest/denied");
        assertRefused(machine.call(USER, "MountTmpfs", tmpfs(denied, "16M")), "NOT_AUTHORISED");

        String asked = machine.directory(USER, "/home/cdtest/asked-1");
        assertRefused(machine.call(USER, "MountTmpfs", tmpfs(asked, "16M")), "NO_AUTHENTICATION_AGENT");

        Caller caller = caller(USER, "MountTmpfs", tmpfs(asked, "16M"));
        PrivateMachine.Agent agent = agent(caller.pid(), "dismiss");
        caller.go();
        assertThat(agent.next(line -> line.startsWith("asked")))
                .isEqualTo("asked Authentication is required to mount a tmpfs (16M) at " + asked);
        assertThat(caller.output()).contains("Helper1.Error.AUTHORISATION_DISMISSED");
        assertThat(machine.mountsUnder("/home/cdtest")).isEmpty();
    }

    @Test
    void thePolicyFileAsksForAnAdministratorOutsideOfALocalSession() {
        String target = machine.directory(USER, "/home/cdtest/default");
        assertRefused(machine.call(USER, "MountTmpfs", tmpfs(target, "16M")), "NO_AUTHENTICATION_AGENT");
    }

    @Test
    void asksOnATerminal() throws IOException {
        String target = machine.directory(USER, "/home/cdtest/asked-2");
        Caller caller = caller(USER, "MountTmpfs", tmpfs(target, "16M"));
        Process agent = machine.start(
                USER,
                "script",
                "--quiet",
                "--return",
                "--command",
                "pkttyagent --process " + caller.pid(),
                "/dev/null");
        started.add(agent);
        awaitAgent(agent);
        caller.go();
        assertThat(readUntil(agent, "Password:")).contains("mount a tmpfs (16M) at " + target);
        Writer keyboard = agent.outputWriter(StandardCharsets.UTF_8);
        keyboard.write("secret-of-cdtest\n");
        keyboard.flush();
        assertThat(caller.output()).contains("'mountId'");
        assertThat(machine.mountsUnder(target)).containsExactly(target);
    }

    /** pkttyagent says nothing when it is ready; then it is a client of the bus. */
    private void awaitAgent(Process script) {
        await().atMost(PATIENCE)
                .until(() -> script.descendants().anyMatch(process -> {
                    try {
                        return Files.readString(Path.of("/proc", Long.toString(process.pid()), "comm"))
                                        .startsWith("pkttyagent")
                                && Files.readString(Path.of("/proc", Long.toString(process.pid()), "wchan"))
                                        .contains("poll");
                    } catch (IOException e) {
                        return false;
                    }
                }));
    }

    @Test
    void servesOthersWhileOnePersonThinksAndWithdrawsTheQuestionOfWhoLeft() throws IOException {
        String asked = machine.directory(USER, "/home/cdtest/asked-3");
        Caller waiting = caller(USER, "MountTmpfs", tmpfs(asked, "16M"));
        PrivateMachine.Agent agent = agent(waiting.pid(), "wait");
        waiting.go();
        agent.next(line -> line.startsWith("asked"));

        String others = machine.directory(OTHER, "/home/cdother/allowed");
        machine.call(OTHER, "MountTmpfs", tmpfs(others, "16M")).succeeded();
        String own = machine.directory(USER, "/home/cdtest/allowed-3");
        machine.call(USER, "MountTmpfs", tmpfs(own, "16M")).succeeded();
        assertRefused(
                machine.call(USER, "MountTmpfs", tmpfs(machine.directory(USER, "/home/cdtest/asked-4"), "16M")),
                "AUTHORISATION_PENDING");

        waiting.leave();
        assertThat(agent.next(line -> line.equals("withdrawn"))).isEqualTo("withdrawn");
        // The place is free again.
        await().atMost(PATIENCE)
                .until(() -> machine.call(USER, "MountTmpfs", tmpfs("/home/cdtest/asked-4", "16M"))
                        .err()
                        .contains("NO_AUTHENTICATION_AGENT"));
        assertThat(machine.mountsUnder(asked)).isEmpty();
    }

    @Test
    void refusesWhatIsNotTheCallersOwn() {
        machine.directory(OTHER, "/home/cdother/allowed-5");
        assertRefused(machine.call(USER, "MountTmpfs", tmpfs("/home/cdother/allowed-5", "16M")), "");
        machine.run("root", "mkdir", "-p", "/run/allowed-root").succeeded();
        assertRefused(machine.call(USER, "MountTmpfs", tmpfs("/run/allowed-root", "16M")), "NOT_AUTHORISED");
        assertRefused(machine.call(USER, "MountTmpfs", tmpfs("/etc/skel", "16M")), "NOT_AUTHORISED");
        assertRefused(
                machine.call(USER, "MountTmpfs", tmpfs("/home/cdtest/../cdother/allowed-5", "16M")), "INVALID_TARGET");

        machine.run(USER, "ln", "-sfn", "/etc", "/home/cdtest/allowed-link").succeeded();
        assertRefused(machine.call(USER, "MountTmpfs", tmpfs("/home/cdtest/allowed-link", "16M")), "TARGET_UNUSABLE");
        assertRefused(
                machine.call(USER, "MountTmpfs", tmpfs("/home/cdtest/allowed-link/default", "16M")), "TARGET_UNUSABLE");
        assertRefused(machine.call(USER, "MountTmpfs", tmpfs("/proc/self/cwd", "16M")), "");
    }

    @Test
    void entersForTheCallerWhatItsGroupsMayEnterAndNothingElse() {
        for (String parent : List.of("/home/shared", "/home/root-only")) {
            machine.run("root", "install", "-d", "-m", "750", parent).succeeded();
            machine.run("root", "install", "-d", "-o", USER, parent + "/allowed")
                    .succeeded();
        }
        machine.run("root", "chgrp", "cdshared", "/home/shared").succeeded();

        machine.call(USER, "MountTmpfs", tmpfs("/home/shared/allowed", "1M")).succeeded();
        assertThat(machine.mountsUnder("/home/shared")).containsExactly("/home/shared/allowed");
        machine.call(USER, "Unmount", unmount("/home/shared/allowed")).succeeded();
        assertRefused(machine.call(OTHER, "MountTmpfs", tmpfs("/home/shared/allowed", "1M")), "TARGET_UNUSABLE");

        // The group of root is the helper's, not the caller's.
        assertRefused(machine.call(USER, "MountTmpfs", tmpfs("/home/root-only/allowed", "1M")), "TARGET_UNUSABLE");
        assertThat(machine.mountsUnder("/home/root-only")).isEmpty();
    }

    @Test
    void refusesSmuggledOptionsAndOwners() {
        String target = machine.directory(USER, "/home/cdtest/allowed-6");
        assertRefused(machine.call(USER, "MountTmpfs", tmpfs(target, "1G,suid")), "INVALID_SIZE_LIMIT");
        assertRefused(machine.call(USER, "MountTmpfs", tmpfs(target, "unlimited")), "NOT_AUTHORISED");
        assertRefused(machine.call(USER, "MountTmpfs", tmpfs(target, "100T")), "NOT_AUTHORISED");
        assertRefused(machine.call(USER, "MountTmpfs", with(target, "'inodes': <int64 0>")), "NOT_AUTHORISED");
        assertRefused(machine.call(USER, "MountTmpfs", with(target, "'uid': <int64 0>")), "NOT_AUTHORISED");
        assertRefused(machine.call(USER, "MountTmpfs", with(target, "'mode': <'4755,suid'>")), "INVALID_MODE");
        assertRefused(machine.call(USER, "MountTmpfs", with(target, "'memoryPolicy': <'bind:0,suid'>")), "");
        assertRefused(machine.call(USER, "MountTmpfs", with(target, "'casefold': <'utf8-12.1.0,suid'>")), "");
        for (String flag : List.of("suid", "dev")) {
            assertRefused(
                    machine.call(
                            USER,
                            "MountTmpfs",
                            "{'target': <'" + target + "'>, 'size': <'1M'>, 'flags': <{'atime': <'RELATIME'>, '" + flag
                                    + "': <true>}>}"),
                    "NOT_AUTHORISED");
        }
        assertThat(machine.call(USER, "MountTmpfs", with(target, "'options': <'suid'>"))
                        .err())
                .contains("org.freedesktop.DBus.Error.InvalidArgs");
        assertThat(machine.call(USER, "MountTmpfs", with(target, "'uid': <'0'>"))
                        .err())
                .contains("org.freedesktop.DBus.Error.InvalidArgs");
        assertRefused(
                machine.call(USER, "MountRamfs", "{'target': <'" + target + "'>, " + FLAGS + "}"), "NOT_AUTHORISED");
        assertThat(machine.mountsUnder("/home/cdtest")).isEmpty();
    }

    @Test
    void refusesToChangeWhatOthersMade() {
        String target = machine.directory(OTHER, "/home/cdother/allowed-7");
        machine.run("root", "chmod", "755", "/home/cdother").succeeded();
        machine.call(OTHER, "MountTmpfs", tmpfs(target, "16M")).succeeded();
        assertRefused(machine.call(USER, "Unmount", unmount(target)), "");
        assertRefused(machine.call(USER, "RemountTmpfs", resize(target, "1M")), "");
        assertRefused(machine.call(USER, "Unmount", unmount("/run")), "NOT_AUTHORISED");
        assertRefused(machine.call(USER, "Unmount", unmount("/etc")), "");

        // The owner's own hand-made mount is not of the helper either.
        String foreign = machine.directory(USER, "/home/cdtest/allowed-foreign");
        machine.run("root", "mount", "-t", "tmpfs", "-o", "size=1m,uid=cdtest", "tmpfs", foreign)
                .succeeded();
        assertRefused(machine.call(USER, "Unmount", unmount(foreign)), "NOT_AUTHORISED");
        assertThat(machine.mountsUnder(foreign)).containsExactly(foreign);

        machine.call(OTHER, "RemountTmpfs", resize(target, "8M")).succeeded();
        assertRefused(machine.call(OTHER, "RemountTmpfs", resize(target, "unlimited")), "NOT_AUTHORISED");
        machine.call(OTHER, "Unmount", unmount(target)).succeeded();
    }

    @Test
    void refusesDevicesThatAreNotItsOwn() {
        for (String device : List.of("/dev/sda", "/dev/loop0", "/dev/../dev/zram0", "zram0;id", "/tmp/zram0")) {
            assertThat(machine.call(USER, "RemoveZram", "{'device': <'" + device + "'>}")
                            .err())
                    .contains("INVALID_ZRAM_OPTION");
        }
        assertRefused(machine.call(USER, "RemoveZram", "{'device': <'/dev/zram999'>}"), "");
        assertRefused(
                machine.call(USER, "CreateZram", "{'size': <'64M'>, 'recompression': <@av []>}"), "NOT_AUTHORISED");
        assertRefused(
                machine.call(
                        USER,
                        "CreateZram",
                        "{'size': <'64M'>, 'recompression': <@av []>, 'use': <{'kind': <'DeviceSwap'>, 'discard': <'NONE'>}>}"),
                "NOT_AUTHORISED");
    }

    @Test
    void makesAndRemovesAZramDeviceOfItsCaller() {
        Requirements.zram();
        String target = machine.directory(USER, "/home/cdtest/allowed-zram");
        Command.Result made = machine.call(
                        USER,
                        "CreateZram",
                        "{'size': <'64M'>, 'recompression': <@av []>, 'use': <{'kind': <'DeviceFilesystem'>, 'type': <'EXT4'>,"
                                + " 'target': <'" + target + "'>, 'options': <@av []>, " + FLAGS + "}>}")
                .succeeded();
        String device = made.out().replaceAll("(?s).*'(/dev/zram[0-9]+)'.*", "$1");
        boolean removed = false;
        try {
            machine.run(USER, "sh", "-c", "echo x > " + target + "/file").succeeded();
            assertRefused(machine.call(OTHER, "RemoveZram", "{'device': <'" + device + "'>}"), "NOT_AUTHORISED");
            machine.call(USER, "RemoveZram", "{'device': <'" + device + "'>}").succeeded();
            removed = true;
        } finally {
            if (!removed) {
                machine.call("root", "RemoveZram", "{'device': <'" + device + "'>}");
            }
        }
    }

    @Test
    void leavesWhenNobodyCalls() throws IOException, InterruptedException {
        machine.helpers().forEach(ProcessHandle::destroyForcibly);
        await().atMost(PATIENCE).until(() -> machine.helpers().isEmpty());
        Process helper = machine.start(
                "root",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=/run/cramdisk/helper",
                "-Dcramdisk.helper.idle.seconds=1",
                "-cp",
                "/usr/local/lib/cramdisk/helper/cramdisk-helper.jar:/usr/local/lib/cramdisk/helper/lib/*",
                "io.github.cramdisk.helper.Main");
        started.add(helper);
        assertThat(helper.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(helper.exitValue()).isZero();
        // The next call starts the next one.
        assertRefused(machine.call(USER, "Unmount", unmount("/home/cdtest/nothing")), "");
    }

    @Test
    void aDirectoryThatIsSwappedForALinkLeadsNowhere() throws IOException {
        machine.directory(USER, "/home/cdtest/allowed-race/real");
        Process swapper = machine.start(
                USER,
                "bash",
                "-c",
                "cd /home/cdtest/allowed-race; for ((;;)); do mv -T real away; ln -s /etc real; rm real; mv -T away real; done"
                        + " 2>/dev/null");
        started.add(swapper);
        int mounted = 0;
        for (int i = 0; i < 60; i++) {
            Command.Result result = machine.call(USER, "MountTmpfs", tmpfs("/home/cdtest/allowed-race/real", "1M"));
            mounted += result.exitCode() == 0 ? 1 : 0;
            assertThat(machine.mountsUnder("/etc")).isEmpty();
            for (String target : machine.mountsUnder("/home/cdtest/allowed-race")) {
                machine.run("root", "umount", target);
            }
        }
        System.out.println("race: " + mounted + " of 60 calls mounted, none outside of the directory");
    }

    @Test
    @Tag("long")
    void aUserHas64VolumesAtMost() {
        List<String> targets = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            targets.add("/home/cdtest/allowed-many/" + i);
        }
        machine.run(
                        USER,
                        Stream.concat(Stream.of("mkdir", "-p"), targets.stream())
                                .toArray(String[]::new))
                .succeeded();
        targets.forEach(
                target -> machine.call(USER, "MountTmpfs", tmpfs(target, "1M")).succeeded());
        String onemore = machine.directory(USER, "/home/cdtest/allowed-one-more");
        assertRefused(machine.call(USER, "MountTmpfs", tmpfs(onemore, "1M")), "TOO_MANY_VOLUMES");
        machine.call(USER, "Unmount", unmount(targets.get(0))).succeeded();
        machine.call(USER, "MountTmpfs", tmpfs(onemore, "1M")).succeeded();
    }

    @Test
    @Tag("long")
    void staysAliveAndMountsNothingUnderHostileMessages() {
        machine.call(USER, "Unmount", unmount("/nowhere"));
        long helper = machine.helper().pid();
        long seed = Long.getLong("cramdisk.test.seed", System.nanoTime());
        System.out.println("hostile messages: seed " + seed);

        Command.Result result = java(USER, HostileCalls.class, Long.toString(seed), Integer.toString(HOSTILE_CALLS));
        System.out.println(result.out());
        Map<String, Integer> outcomes = result.succeeded()
                .out()
                .lines()
                .collect(Collectors.toMap(
                        line -> line.substring(0, line.indexOf(' ')),
                        line -> Integer.parseInt(line.substring(line.indexOf(' ') + 1))));
        assertThat(outcomes).doesNotContainKeys("ANSWERED", "SILENCE", "org.freedesktop.DBus.Error.NoReply");
        assertThat(outcomes.keySet()).noneMatch(name -> name.endsWith("INTERNAL"));
        assertThat(outcomes)
                .containsKeys(
                        "org.freedesktop.DBus.Error.InvalidArgs",
                        "org.freedesktop.DBus.Error.UnknownMethod",
                        "org.freedesktop.DBus.Error.UnknownObject",
                        "org.freedesktop.DBus.Error.LimitsExceeded");
        assertThat(machine.helper().pid()).as("the same helper").isEqualTo(helper);
        assertThat(machine.mounts()).isEqualTo(before);
    }

    @Test
    void anEngineOfAnUnprivilegedUserMountsThroughTheHelper() throws IOException {
        String cramdisk = machine.copyOfDistribution() + "/bin/cramdisk";
        String target = machine.directory(USER, "/home/cdtest/allowed-9");
        try {
            machine.run(USER, cramdisk, "tmpfs", "mount", target, "--size", "16M")
                    .succeeded();
            assertThat(machine.mountsUnder(target)).containsExactly(target);
            Command.Result list = machine.run(USER, cramdisk, "list", "--json").succeeded();
            assertThat(list.out()).contains(target).contains("\"managed\"");
            machine.run(USER, cramdisk, "tmpfs", "remount", target, "--size", "32M")
                    .succeeded();
            machine.run(USER, cramdisk, "tmpfs", "unmount", target).succeeded();
            assertThat(machine.mountsUnder(target)).isEmpty();

            String denied = machine.directory(USER, "/home/cdtest/denied-9");
            Command.Result refused = machine.run(USER, cramdisk, "tmpfs", "mount", denied, "--size", "16M");
            assertThat(refused.exitCode()).as("%s", refused).isEqualTo(3);
            assertThat(refused.err()).contains("You are not authorised to mount a tmpfs");

            String asked = machine.directory(USER, "/home/cdtest/asked-9");
            refused = machine.run(USER, "setsid", "--wait", cramdisk, "tmpfs", "mount", asked, "--size", "16M");
            assertThat(refused.exitCode()).as("%s", refused).isEqualTo(3);
            assertThat(refused.err()).contains("nothing here can ask");

            asksThroughTheCommandLine(cramdisk, asked);
        } finally {
            machine.run(USER, cramdisk, "engine", "stop");
        }
    }

    /** As over ssh: no agent but the one that the command line registers for the engine. */
    private void asksThroughTheCommandLine(String cramdisk, String target) throws IOException {
        Process terminal = machine.start(
                USER,
                "script",
                "--quiet",
                "--return",
                "--command",
                cramdisk + " tmpfs mount " + target + " --size 16M",
                "/dev/null");
        started.add(terminal);
        readUntil(terminal, "Password:");
        Writer keyboard = terminal.outputWriter(StandardCharsets.UTF_8);
        keyboard.write("secret-of-cdtest\n");
        keyboard.flush();
        readUntil(terminal, "Mounted a tmpfs");
        assertThat(machine.mountsUnder(target)).containsExactly(target);
    }

    @Test
    void anEngineOfAnUnprivilegedUserKeepsItsDisksInATmpfsOfItsOwn() throws IOException {
        String cramdisk = machine.copyOfDistribution() + "/bin/cramdisk";
        String arena = "/run/cramdisk/arena-"
                + machine.run(OTHER, "id", "-u").succeeded().out().strip();
        try {
            String uri = json(OTHER, cramdisk, "disk", "create", "kept", "--size", "64M", "--json")
                    .get("uri")
                    .asText();
            JsonNode status = json(OTHER, cramdisk, "engine", "status", "--json");
            assertThat(status.get("arenaDirectory").asText()).isEqualTo(arena);
            assertThat(machine.mountsUnder(arena)).containsExactly(arena);
            assertThat(machine.run("root", "stat", "--format=%U %a", arena).out())
                    .isEqualTo(OTHER + " 700\n");
            assertThat(machine.run(USER, "ls", arena).exitCode()).isNotZero();

            machine.run(OTHER, "sh", "-c", "head -c 8M /dev/urandom > ~/data; nbdcopy ~/data '" + uri + "'")
                    .succeeded();
            JsonNode listed = volume(json(OTHER, cramdisk, "list", "--json"), arena);
            assertThat(listed.get("managed").asBoolean()).isTrue();
            assertThat(listed.get("usedBytes").asLong()).isGreaterThan(8 << 20);

            // Killed, it comes back by its launcher; stopped, by the next command. The helper has left meanwhile.
            machine.helpers().forEach(ProcessHandle::destroyForcibly);
            machine.run(OTHER, "kill", "-9", status.get("pid").asText()).succeeded();
            assertSameData(uri);
            machine.run(OTHER, cramdisk, "engine", "stop").succeeded();
            json(OTHER, cramdisk, "disk", "show", "kept", "--json");
            assertSameData(uri);
            assertThat(machine.mountsUnder(arena)).containsExactly(arena);

            Command.Result refused = machine.run(OTHER, cramdisk, "tmpfs", "unmount", arena, "--lazy");
            assertThat(refused.exitCode()).as("%s", refused).isEqualTo(1);
            assertThat(refused.err()).contains("holds the memory of the disks");

            // Of whom a password would be asked, none is: the engine starts without.
            machine.run(USER, cramdisk, "disk", "list").succeeded();
            JsonNode other = json(USER, cramdisk, "engine", "status", "--json");
            assertThat(other.get("arenaDirectory").asText()).startsWith("/dev/shm/cramdisk-");
        } finally {
            machine.run(OTHER, cramdisk, "disk", "remove", "kept", "--force");
            machine.run(OTHER, cramdisk, "engine", "stop");
            machine.run(USER, cramdisk, "engine", "stop");
            machine.run("root", "umount", arena);
        }
    }

    private static void assertSameData(String uri) {
        // The program may come before the engine that is started again.
        await().atMost(PATIENCE)
                .until(
                        () -> machine.run(
                                OTHER, "sh", "-c", "nbdcopy '" + uri + "' ~/back && head -c 8M ~/back | cmp - ~/data"),
                        result -> result.exitCode() == 0);
    }

    private static JsonNode json(String user, String... command) throws IOException {
        return new ObjectMapper()
                .readTree(machine.run(user, command).succeeded().out());
    }

    private static JsonNode volume(JsonNode list, String target) {
        for (JsonNode volume : list) {
            if (target.equals(volume.path("target").asText())) {
                return volume;
            }
        }
        throw new AssertionError(target + " is not in " + list);
    }

    private static String readUntil(Process program, String text) {
        StringBuilder seen = new StringBuilder();
        await().atMost(PATIENCE).alias(text).until(() -> {
            while (program.getInputStream().available() > 0) {
                seen.append((char) program.getInputStream().read());
            }
            return seen.toString().contains(text);
        });
        return seen.toString();
    }

    @Test
    void isUninstalledWithoutATrace() throws IOException {
        try (PrivateMachine another = PrivateMachine.start()) {
            List<String> where =
                    List.of("/etc/dbus-1", "/etc/systemd", "/usr/local/lib", "/usr/local/share", "/usr/share/polkit-1");
            String[] look = Stream.concat(
                            Stream.concat(Stream.of("find"), where.stream()), Stream.of("-iname", "*cramdisk*"))
                    .toArray(String[]::new);
            assertThat(another.run("root", look).out()).contains("cramdisk-helper.service");
            another.run("root", PrivateMachine.checkout() + "/installer/install-helper", "--uninstall")
                    .succeeded();
            assertThat(another.run("root", look).out()).isBlank();
        }
    }

    @Test
    void startsFastAndSmall() throws IOException {
        machine.helpers().forEach(ProcessHandle::destroyForcibly);
        await().atMost(PATIENCE).until(() -> machine.helpers().isEmpty());
        String target = machine.directory(USER, "/home/cdtest/allowed-8");
        long start = System.nanoTime();
        machine.call(USER, "MountTmpfs", tmpfs(target, "16M")).succeeded();
        long cold = System.nanoTime() - start;
        machine.call(USER, "Unmount", unmount(target)).succeeded();
        start = System.nanoTime();
        machine.call(USER, "MountTmpfs", tmpfs(target, "16M")).succeeded();
        long warm = System.nanoTime() - start;
        String resident = Files.readAllLines(
                        Path.of("/proc", Long.toString(machine.helper().pid()), "status"))
                .stream()
                .filter(line -> line.startsWith("VmRSS") || line.startsWith("RssAnon"))
                .collect(Collectors.joining(", "));
        System.out.printf(
                "helper: first mount %d ms with its start, next %d ms, %s%n",
                cold / 1_000_000, warm / 1_000_000, resident);
        assertThat(Duration.ofNanos(cold)).isLessThan(Duration.ofSeconds(20));
    }

    @Test
    void itsUnitIsHardened() {
        Command.Result result = machine.run(
                "root", "systemd-analyze", "security", "--offline=true", "/etc/systemd/system/cramdisk-helper.service");
        String score = result.out()
                .lines()
                .filter(line -> line.contains("Overall exposure level"))
                .findFirst()
                .orElseThrow(() -> new AssertionError(result.toString()));
        System.out.println(score);
        assertThat(Double.parseDouble(score.replaceAll(".*: ([0-9.]+) .*", "$1")))
                .isLessThanOrEqualTo(5.1);
    }

    private static String tmpfs(String target, String size) {
        return "{'target': <'" + target + "'>, 'size': <'" + size + "'>, " + FLAGS + "}";
    }

    private static String with(String target, String entry) {
        return "{'target': <'" + target + "'>, 'size': <'1M'>, " + entry + ", " + FLAGS + "}";
    }

    private static String unmount(String target) {
        return "{'target': <'" + target + "'>, 'kind': <'TMPFS'>}";
    }

    private static String resize(String target, String size) {
        return "{'target': <'" + target + "'>, 'size': <'" + size + "'>, 'flags': <@a{sv} {}>}";
    }

    /** Refused by the helper with this kind; any of its kinds where it is empty. */
    private static void assertRefused(Command.Result result, String kind) {
        assertThat(result.exitCode()).as("%s", result).isNotZero();
        assertThat(result.err()).contains("Helper1.Error." + kind);
    }

    /** A process that waits before it calls, so that an agent can be registered for it. */
    private Caller caller(String user, String method, String request) throws IOException {
        List<String> quoted = new ArrayList<>();
        for (String word : PrivateMachine.gdbus(method, request)) {
            quoted.add("'" + word.replace("'", "'\\''") + "'");
        }
        Process process = machine.start(user, "bash", "-c", "echo $$; read -r; exec " + String.join(" ", quoted));
        started.add(process);
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        return new Caller(process, out, Long.parseLong(out.readLine()));
    }

    /** @param pid as inside of the machine */
    private record Caller(Process process, BufferedReader out, long pid) {
        void go() throws IOException {
            process.getOutputStream().write('\n');
            process.getOutputStream().flush();
        }

        void leave() {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }

        String output() throws IOException {
            try {
                assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                        .isTrue();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return out.lines().collect(Collectors.joining("\n"));
        }
    }

    private PrivateMachine.Agent agent(long pid, String behaviour) throws IOException {
        PrivateMachine.Agent agent = machine.agent(pid, behaviour);
        started.add(agent.process());
        return agent;
    }

    private static Command.Result java(String user, Class<?> program, String... arguments) {
        return machine.run(user, machine.javaCommand(program, arguments));
    }
}
