// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api;

/**
 * @param socket path of the NBD socket
 * @param arenaDirectory where arenas live
 * @param configDirectory where definitions live
 * @param logFile where the engine logs
 * @param privateBytes private memory of the engine process (JVM heap, code, native), arenas apart
 */
public record EngineStatus(
        long pid,
        String version,
        double uptimeSeconds,
        int disks,
        String socket,
        String arenaDirectory,
        String configDirectory,
        String logFile,
        long privateBytes) {}
