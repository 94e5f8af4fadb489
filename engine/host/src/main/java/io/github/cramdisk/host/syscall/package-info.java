// SPDX-License-Identifier: Apache-2.0
/**
 * The system calls that Java has no methods for, as they are: descriptors, numbers of errors, no policy. Depends on
 * jnr-ffi and the JDK only.
 */
@NullMarked
package io.github.cramdisk.host.syscall;

import org.jspecify.annotations.NullMarked;
