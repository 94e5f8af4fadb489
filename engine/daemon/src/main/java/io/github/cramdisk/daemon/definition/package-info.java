// SPDX-License-Identifier: Apache-2.0
/**
 * The definitions of disks and volumes: one TOML file each, read when the engine starts and written when one changes. Depends on
 * the engine API's records and Jackson's TOML reader.
 */
@NullMarked
package io.github.cramdisk.daemon.definition;

import org.jspecify.annotations.NullMarked;
