// SPDX-License-Identifier: Apache-2.0
/** The zram devices of the machine and what they hold. Depends on the JDK and device numbers only. */
@NullMarked
package io.github.cramdisk.host.zram;

import org.jspecify.annotations.NullMarked;
