// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.helper.serve;

import io.github.cramdisk.helper.wire.RecordCodec.MismatchException;
import java.util.Map;
import org.freedesktop.dbus.types.Variant;

/** One thing that the helper does. */
@FunctionalInterface
public interface Verb {
    /**
     * Reads the request, asks the gate and does it. Blocks as long as a person thinks.
     *
     * @return the result, as a dictionary
     * @throws MismatchException when the request is not of the verb's form
     * @throws io.github.cramdisk.api.CramdiskException when it is refused or fails; nothing is left half done then
     */
    Map<String, Variant<?>> run(Request request) throws MismatchException;
}
