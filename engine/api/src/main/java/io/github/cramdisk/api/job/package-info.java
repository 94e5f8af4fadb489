// SPDX-License-Identifier: Apache-2.0
/** Long work of the engine, as front ends show it: what is being done, how far it is, and how it ended. */
@NullMarked
package io.github.cramdisk.api.job;

import org.jspecify.annotations.NullMarked;
