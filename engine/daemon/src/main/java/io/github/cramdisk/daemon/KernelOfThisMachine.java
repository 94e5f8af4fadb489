// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.volume.KernelSupport;
import io.github.cramdisk.host.kernel.KernelProbe;
import java.io.IOException;
import java.util.function.Supplier;

/** What this kernel supports, probed each time: modules come and go, and nobody asks often. */
final class KernelOfThisMachine implements Supplier<KernelSupport> {
    @Override
    public KernelSupport get() {
        try {
            return new KernelProbe().probe();
        } catch (IOException e) {
            throw new CramdiskException(
                    ErrorKind.INTERNAL, e, "what this kernel supports cannot be found out (" + e.getMessage() + ")");
        }
    }
}
