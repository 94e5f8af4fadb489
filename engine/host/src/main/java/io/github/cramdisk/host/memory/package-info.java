// SPDX-License-Identifier: Apache-2.0
/**
 * How much memory this machine, this control group and one process have and use. Each reader takes a root path, so that
 * tests read recorded trees. Depends on the JDK only.
 */
@NullMarked
package io.github.cramdisk.host.memory;

import org.jspecify.annotations.NullMarked;
