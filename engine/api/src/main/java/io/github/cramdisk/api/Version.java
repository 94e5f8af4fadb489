// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api;

import java.util.ResourceBundle;

/** The version of this Cramdisk. */
public final class Version {
    private Version() {}

    /** As Maven has it, such as {@code 0.1.0} or {@code 0.1.0-SNAPSHOT}. */
    public static String current() {
        return ResourceBundle.getBundle("io.github.cramdisk.api.version").getString("version");
    }
}
