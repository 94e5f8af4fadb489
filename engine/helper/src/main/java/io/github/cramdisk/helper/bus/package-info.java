// SPDX-License-Identifier: Apache-2.0
/**
 * What comes in from the bus: every message is looked at here before the D-Bus library may parse what a stranger wrote.
 * May depend on the wire and the D-Bus library only.
 */
@NullMarked
package io.github.cramdisk.helper.bus;

import org.jspecify.annotations.NullMarked;
