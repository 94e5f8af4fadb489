// SPDX-License-Identifier: Apache-2.0
/**
 * What needs root: {@link io.github.cramdisk.host.verb.Verbs} is the whole list, {@link
 * io.github.cramdisk.host.verb.LocalVerbs} does it in this process. Depends on the readers and system calls of host and
 * on the records of the API.
 */
@NullMarked
package io.github.cramdisk.host.verb;

import org.jspecify.annotations.NullMarked;
