// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.zram;

/**
 * The device to which a zram device writes pages back.
 *
 * @param device path of the backing device or file
 * @param bytes what lies on it now
 * @param readBytes what was read from it
 * @param writtenBytes what was written to it
 */
public record ZramBacking(String device, long bytes, long readBytes, long writtenBytes) {}
