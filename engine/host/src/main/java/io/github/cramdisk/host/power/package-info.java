// SPDX-License-Identifier: Apache-2.0
/** How busy the processors of this machine are, and where its power comes from. */
@NullMarked
package io.github.cramdisk.host.power;

import org.jspecify.annotations.NullMarked;
