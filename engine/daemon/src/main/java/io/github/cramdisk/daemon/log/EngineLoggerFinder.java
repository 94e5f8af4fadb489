// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.log;

/** Gives every class of the process its logger; found by the JDK through {@code META-INF/services}. */
public final class EngineLoggerFinder extends System.LoggerFinder {
    @Override
    public System.Logger getLogger(String name, Module module) {
        return new EngineLogger(name);
    }
}
