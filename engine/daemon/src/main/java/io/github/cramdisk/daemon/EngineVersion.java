// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon;

/** The version of this engine, from the manifest of its jar. */
final class EngineVersion {
    private EngineVersion() {}

    /** {@code development} where it runs from class files. */
    static String current() {
        String version = EngineVersion.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
