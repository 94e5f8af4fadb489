// SPDX-License-Identifier: Apache-2.0
/** What the running kernel and this machine can do. Depends on the readers, the system calls and the API's record of it. */
@NullMarked
package io.github.cramdisk.host.kernel;

import org.jspecify.annotations.NullMarked;
