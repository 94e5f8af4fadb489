// SPDX-License-Identifier: Apache-2.0
/**
 * The one place where it is decided whether a caller may do something: polkit is asked with the caller's name on the bus.
 */
@NullMarked
package io.github.cramdisk.helper.gate;

import org.jspecify.annotations.NullMarked;
