// SPDX-License-Identifier: Apache-2.0
/**
 * Configuration formats: volumes to text and back. Pure: no files, no clock, no machine. Depends on the records of the
 * api only, because the root helper renders with it too.
 */
@NullMarked
package io.github.cramdisk.config;

import org.jspecify.annotations.NullMarked;
