// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.integration;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.freedesktop.dbus.connections.impl.DBusConnection;
import org.freedesktop.dbus.connections.impl.DBusConnectionBuilder;
import org.freedesktop.dbus.exceptions.DBusException;
import org.freedesktop.dbus.exceptions.NotConnected;
import org.freedesktop.dbus.messages.Error;
import org.freedesktop.dbus.messages.Message;
import org.freedesktop.dbus.messages.MethodCall;
import org.freedesktop.dbus.types.Variant;

/**
 * Sends random and hostile messages to the helper, as a program of its own: {@code HostileCalls SEED COUNT}. Prints how
 * often each error came back, {@code ANSWERED} for calls that were carried out, {@code HARMLESS} for answers of
 * other interfaces, {@code SILENCE} for calls without answer, and {@code HUNG_UP} for those lost when the bus hung up.
 */
public final class HostileCalls {
    private static final String NAME = "io.github.cramdisk.Helper1";
    private static final String PATH = "/io/github/cramdisk/Helper1";
    private static final int UNDER_WAY = 16;
    private static final long PATIENCE_MILLIS = 30_000;

    private static final List<String> METHODS = List.of(
            "MountTmpfs",
            "RemountTmpfs",
            "MountRamfs",
            "Unmount",
            "CreateZram",
            "ChangeZram",
            "ResetZram",
            "RemoveZram",
            "MakeArena");
    private static final List<String> INTERFACES = List.of(
            NAME, NAME, NAME, NAME, NAME, NAME, "org.freedesktop.DBus.Peer", "org.freedesktop.DBus.Introspectable");
    private static final List<String> KEYS = List.of(
            "target",
            "size",
            "flags",
            "mode",
            "uid",
            "gid",
            "huge",
            "kind",
            "lazily",
            "device",
            "change",
            "use",
            "createTarget",
            "quota",
            "memoryPolicy",
            "casefold",
            "again",
            "suid",
            "",
            "class",
            "recompression");
    private static final List<String> TEXTS = List.of(
            "/etc",
            "/",
            "",
            "..",
            "/home/cdtest/../cdother",
            "/proc/self/fd/0",
            "/home/cdother/x",
            "1G,suid",
            "-1",
            "1.5G",
            "99999999999999999999",
            "0",
            "unlimited",
            "/dev/sda",
            "/dev/zram0",
            "zram0\n",
            "\u202e/etc",
            "$(id)",
            "`id`",
            "%n%n%s",
            "SizeLimit",
            "java.lang.Runtime",
            "TMPFS",
            "DeviceSwap",
            "DeviceFilesystem",
            "bind:0-99999",
            "7777777",
            "/home/cdtest/\u0000".substring(0, 13),
            "x".repeat(5000));

    private final Random random;
    private DBusConnection connection;
    private final Map<String, Integer> outcomes = new TreeMap<>();
    private final Deque<MethodCall> underWay = new ArrayDeque<>();

    private HostileCalls(Random random) throws DBusException {
        this.random = random;
        this.connection = connect();
    }

    private static DBusConnection connect() throws DBusException {
        return DBusConnectionBuilder.forSystemBus().withShared(false).build();
    }

    public static void main(String[] arguments) throws Exception {
        HostileCalls calls = new HostileCalls(new Random(Long.parseLong(arguments[0])));
        int count = Integer.parseInt(arguments[1]);
        for (int i = 0; i < count; i++) {
            if (!calls.connection.isConnected()) {
                // The bus throws out whoever writes what is no D-Bus.
                calls.finish();
                calls.connection = connect();
            }
            try {
                calls.send();
            } catch (NotConnected e) {
                calls.count("HUNG_UP");
            }
        }
        calls.finish();
        calls.outcomes.forEach((name, times) -> System.out.println(name + " " + times));
        System.exit(0);
    }

    private void send() throws DBusException {
        switch (random.nextInt(12)) {
            case 0 -> ask(randomName(), randomSignature());
            case 1 -> ask(METHODS.get(random.nextInt(METHODS.size())), randomSignature());
            case 2 -> notACall();
            case 3 -> elsewhere();
            case 4 -> tooLong();
            default -> ask(METHODS.get(random.nextInt(METHODS.size())), "a{sv}");
        }
    }

    private void ask(String method, String signature) throws DBusException {
        List<String> interfaces = INTERFACES;
        Object[] values = signature.equals("a{sv}") ? new Object[] {dictionary(0)} : values(signature);
        call(PATH, interfaces.get(random.nextInt(interfaces.size())), method, signature, values);
    }

    private void elsewhere() throws DBusException {
        call("/" + randomName(), NAME, METHODS.get(0), "a{sv}", new Object[] {dictionary(0)});
    }

    /** From a little to far above what the helper reads. */
    private void tooLong() throws DBusException {
        Map<String, Variant<?>> dictionary = new HashMap<>(dictionary(0));
        dictionary.put("target", new Variant<>("/" + "a".repeat(1 << (10 + random.nextInt(11)))));
        call(PATH, NAME, "MountTmpfs", "a{sv}", new Object[] {dictionary});
    }

    /** Answers and errors that nobody waits for: the bus keeps them, or the helper must. */
    private void notACall() throws DBusException {
        connection.sendMessage(connection
                .getMessageFactory()
                .createError(NAME, "x.y.Z" + random.nextInt(9), 1 + random.nextInt(99), "s", "x"));
    }

    private void call(String path, String interfaceName, String method, String signature, Object[] values)
            throws DBusException {
        MethodCall call = connection
                .getMessageFactory()
                .createMethodCall(
                        NAME, path, interfaceName, method, (byte) (random.nextInt(20) == 0 ? 4 : 0), signature, values);
        connection.sendMessage(call);
        underWay.add(call);
        if (underWay.size() >= UNDER_WAY) {
            await(underWay.remove());
        }
    }

    private void finish() {
        underWay.forEach(this::await);
        underWay.clear();
    }

    private void await(MethodCall call) {
        Message reply = connection.isConnected() ? call.getReply(PATIENCE_MILLIS) : call.getReply(1);
        if (!connection.isConnected()) {
            count("HUNG_UP");
            return;
        }
        String outcome = reply == null ? "SILENCE" : "ANSWERED";
        if (reply instanceof Error error) {
            outcome = error.getName();
        } else if (reply != null && !call.getInterface().equals(NAME)) {
            outcome = "HARMLESS";
        }
        count(outcome);
    }

    private void count(String outcome) {
        outcomes.merge(outcome, 1, Integer::sum);
    }

    private Map<String, Variant<?>> dictionary(int depth) {
        Map<String, Variant<?>> dictionary = new HashMap<>();
        int entries = random.nextInt(6);
        for (int i = 0; i < entries; i++) {
            String key = random.nextInt(10) == 0 ? randomName() : KEYS.get(random.nextInt(KEYS.size()));
            dictionary.put(key, variant(depth + 1));
        }
        if (random.nextBoolean()) {
            dictionary.put("target", new Variant<>(text()));
        }
        if (random.nextInt(3) == 0) {
            dictionary.put("flags", new Variant<>(Map.of("atime", new Variant<>("RELATIME")), "a{sv}"));
        }
        return dictionary;
    }

    private Variant<?> variant(int depth) {
        return switch (random.nextInt(depth > 6 ? 5 : 8)) {
            case 0 -> new Variant<>(random.nextLong());
            case 1 -> new Variant<>(random.nextInt());
            case 2 -> new Variant<>(random.nextBoolean());
            case 3 -> new Variant<>(random.nextDouble());
            case 5 -> new Variant<>(dictionary(depth), "a{sv}");
            case 6 -> new Variant<>(variant(depth + 1), "v");
            case 7 -> new Variant<>(List.of(variant(depth + 1)), "av");
            default -> new Variant<>(text());
        };
    }

    private String text() {
        return TEXTS.get(random.nextInt(TEXTS.size()));
    }

    private String randomName() {
        StringBuilder name = new StringBuilder("m");
        for (int i = random.nextInt(20); i >= 0; i--) {
            name.append((char) ('a' + random.nextInt(26)));
        }
        return name.toString();
    }

    private String randomSignature() {
        return List.of("s", "ss", "i", "x", "b", "v", "as", "d", "sa{sv}", "t").get(random.nextInt(10));
    }

    private Object[] values(String signature) {
        return switch (signature) {
            case "s" -> new Object[] {text()};
            case "ss" -> new Object[] {text(), text()};
            case "i" -> new Object[] {random.nextInt()};
            case "x" -> new Object[] {random.nextLong()};
            case "t" -> new Object[] {new org.freedesktop.dbus.types.UInt64(random.nextInt(1 << 20))};
            case "b" -> new Object[] {random.nextBoolean()};
            case "d" -> new Object[] {random.nextDouble()};
            case "v" -> new Object[] {variant(0)};
            case "as" -> new Object[] {new String[] {text()}};
            default -> new Object[] {text(), dictionary(0)};
        };
    }
}
