// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.verb;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.host.KernelText;
import io.github.cramdisk.host.syscall.Errno;
import io.github.cramdisk.host.syscall.KernelException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says what the kernel refused, and why, in the errors of Cramdisk. */
final class Refusals {
    /** {@code tmpfs: Unknown parameter 'usrquota'}, {@code tmpfs: Unsupported parameter 'huge'}. */
    private static final Pattern UNKNOWN = Pattern.compile("(\\w+): Un(?:known|supported) parameter '([^']*)'");

    /** {@code Kernel not built with CONFIG_UNICODE}. */
    private static final Pattern NOT_BUILT = Pattern.compile("not built with (CONFIG_\\w+)");

    private final Path root;

    Refusals(Path root) {
        this.root = root;
    }

    /** @param doing completes "the kernel refused to" */
    CramdiskException of(String doing, KernelException e) {
        Matcher unknown = UNKNOWN.matcher(e.reason());
        if (unknown.find()) {
            return unsupported("the option " + unknown.group(2) + " of " + unknown.group(1), e);
        }
        Matcher notBuilt = NOT_BUILT.matcher(e.reason());
        if (notBuilt.find()) {
            return unsupported("what needs " + notBuilt.group(1), e);
        }
        if (e.errno() == Errno.ENOSYS) {
            return unsupported("what is needed to " + doing, e);
        }
        return new CramdiskException(ErrorKind.KERNEL_REFUSED, e, doing, e.reason());
    }

    /** The refusal to make a filesystem of a type. */
    CramdiskException ofMount(NewFilesystem filesystem, String target, KernelException e) {
        if (e.errno() == Errno.ENODEV) {
            return unsupported(filesystem.type(), e);
        }
        return of("mount " + filesystem.type() + " at " + target, e);
    }

    CramdiskException unsupported(String what, KernelException e) {
        return new CramdiskException(ErrorKind.NOT_SUPPORTED_BY_KERNEL, e, what, release());
    }

    CramdiskException unsupported(String what) {
        return new CramdiskException(ErrorKind.NOT_SUPPORTED_BY_KERNEL, what, release());
    }

    /** A file of /proc or /sys could not be read. */
    static CramdiskException unreadable(IOException e) {
        return new CramdiskException(
                ErrorKind.KERNEL_REFUSED, e, "tell about this machine", String.valueOf(e.getMessage()));
    }

    private String release() {
        try {
            return KernelText.value(root.resolve("proc/sys/kernel/osrelease")).orElse("?");
        } catch (IOException e) {
            return "?";
        }
    }
}
