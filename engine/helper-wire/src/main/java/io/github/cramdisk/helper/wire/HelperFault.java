// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.helper.wire;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import java.util.List;
import java.util.Optional;

/**
 * Errors of the helper on the bus: the name is {@link HelperNames#ERROR_PREFIX} and the kind, the body ({@code sas}) its
 * sentence, as people who look at the bus want it, and the arguments of the sentence.
 */
public final class HelperFault {
    public static final String SIGNATURE = "sas";
    private static final int ARGUMENTS = 1;
    private static final int FIELDS = 2;

    private HelperFault() {}

    public static String nameOf(CramdiskException e) {
        return HelperNames.ERROR_PREFIX + e.kind().name();
    }

    public static Object[] bodyOf(CramdiskException e) {
        return new Object[] {e.getMessage(), e.arguments()};
    }

    /** The error that the helper sent, or nothing when this one is not of the helper. */
    public static Optional<CramdiskException> read(BusException e) {
        if (!e.name().startsWith(HelperNames.ERROR_PREFIX)) {
            return Optional.empty();
        }
        String name = e.name().substring(HelperNames.ERROR_PREFIX.length());
        for (ErrorKind kind : ErrorKind.values()) {
            if (kind.name().equals(name)) {
                return Optional.of(new CramdiskException(kind, e, arguments(e).toArray()));
            }
        }
        return Optional.empty();
    }

    private static List<?> arguments(BusException e) {
        if (e.arguments().size() == FIELDS && e.arguments().get(ARGUMENTS) instanceof List<?> list) {
            return list;
        }
        return List.of();
    }
}
