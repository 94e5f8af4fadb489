// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.syscall;

import java.nio.charset.StandardCharsets;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * A filesystem in the making, or one to be changed: fsopen(2), fspick(2), fsconfig(2), fsmount(2). Each option is a key
 * and a value, so nothing in a value can become another option, and a refusal comes with the kernel's own message.
 *
 * <p>Until the mount that {@link #mount} answers is attached, nobody else can see it, and closing it removes it. For one
 * thread.
 */
public final class FilesystemContext implements AutoCloseable {
    private static final int FSOPEN_CLOEXEC = 1;
    private static final int FSPICK_CLOEXEC = 1;
    private static final int FSPICK_EMPTY_PATH = 8;
    private static final int FSMOUNT_CLOEXEC = 1;

    private static final int FSCONFIG_SET_FLAG = 0;
    private static final int FSCONFIG_SET_STRING = 1;
    private static final int FSCONFIG_CMD_CREATE = 6;
    private static final int FSCONFIG_CMD_RECONFIGURE = 7;

    /** The kernel keeps at most 8 messages of at most a line each. */
    private static final int MESSAGE_BYTES = 1024;
    /** A message begins with its kind and a blank: {@code e tmpfs: Bad value for 'size'}. */
    private static final int MESSAGE_PREFIX = 2;

    private final Descriptor context;

    private FilesystemContext(Descriptor context) {
        this.context = context;
    }

    /**
     * Begins a new filesystem.
     *
     * @throws KernelException {@link Errno#ENODEV} where the kernel does not know the type; {@link Errno#ENOSYS} before
     *     Linux 5.2
     */
    public static FilesystemContext open(String type) throws KernelException {
        long number = LibC.C.syscall(LibC.FSOPEN, LibC.text(type), FSOPEN_CLOEXEC);
        if (number < 0) {
            throw LibC.failure("fsopen");
        }
        return new FilesystemContext(new Descriptor(number));
    }

    /**
     * Begins to change the filesystem at the root of a mount; options that are not set stay as they are.
     *
     * @throws KernelException {@link Errno#EINVAL} when it is no root of a mount
     */
    public static FilesystemContext pick(Descriptor mountRoot) throws KernelException {
        long number =
                LibC.C.syscall(LibC.FSPICK, mountRoot.number(), LibC.text(""), FSPICK_CLOEXEC | FSPICK_EMPTY_PATH);
        if (number < 0) {
            throw LibC.failure("fspick");
        }
        return new FilesystemContext(new Descriptor(number));
    }

    public void set(String key, String value) throws KernelException {
        configure(FSCONFIG_SET_STRING, key, value);
    }

    /** Sets an option that has no value. */
    public void setFlag(String key) throws KernelException {
        configure(FSCONFIG_SET_FLAG, key, null);
    }

    public void create() throws KernelException {
        configure(FSCONFIG_CMD_CREATE, null, null);
    }

    public void reconfigure() throws KernelException {
        configure(FSCONFIG_CMD_RECONFIGURE, null, null);
    }

    /**
     * A mount of the created filesystem that is attached nowhere yet.
     *
     * @param attributes of {@link MountAttribute}
     */
    public Descriptor mount(int attributes) throws KernelException {
        long number = LibC.C.syscall(LibC.FSMOUNT, context.number(), FSMOUNT_CLOEXEC, attributes);
        if (number < 0) {
            throw failure("fsmount");
        }
        return new Descriptor(number);
    }

    @Override
    public void close() {
        context.close();
    }

    private void configure(int command, @Nullable String key, @Nullable String value) throws KernelException {
        byte[] keyText = key == null ? null : LibC.text(key);
        byte[] valueText = value == null ? null : LibC.text(value);
        if (LibC.C.syscall(LibC.FSCONFIG, context.number(), command, keyText, valueText, 0) != 0) {
            throw failure(key == null ? "fsconfig" : "fsconfig " + key);
        }
    }

    /** The number of the error, with the messages that wait in the context where there are any. */
    private KernelException failure(String call) {
        KernelException plain = LibC.failure(call);
        StringJoiner messages = new StringJoiner("; ");
        byte[] buffer = new byte[MESSAGE_BYTES];
        for (long got = read(buffer); got > 0; got = read(buffer)) {
            String message = new String(buffer, 0, (int) got, StandardCharsets.UTF_8).strip();
            messages.add(message.length() > MESSAGE_PREFIX ? message.substring(MESSAGE_PREFIX) : message);
        }
        return messages.length() == 0 ? plain : new KernelException(call, plain.errno(), messages.toString());
    }

    private long read(byte[] buffer) {
        return LibC.C.read(context.number(), buffer, buffer.length);
    }
}
