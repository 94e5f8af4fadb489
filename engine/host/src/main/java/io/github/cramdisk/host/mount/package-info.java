// SPDX-License-Identifier: Apache-2.0
/** What is mounted where and with which options, and what lies in it. Depends on the system calls and the JDK only. */
@NullMarked
package io.github.cramdisk.host.mount;

import org.jspecify.annotations.NullMarked;
