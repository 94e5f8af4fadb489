// SPDX-License-Identifier: Apache-2.0
/** Where the machine has its electricity from, and how busy its processors are. Depends on the JDK only. */
@NullMarked
package io.github.cramdisk.host.power;

import org.jspecify.annotations.NullMarked;
