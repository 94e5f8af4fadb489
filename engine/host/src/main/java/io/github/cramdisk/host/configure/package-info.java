// SPDX-License-Identifier: Apache-2.0
/** Writes the configuration files of the system, rendered from volumes by the formats, and undoes it. */
@NullMarked
package io.github.cramdisk.host.configure;

import org.jspecify.annotations.NullMarked;
