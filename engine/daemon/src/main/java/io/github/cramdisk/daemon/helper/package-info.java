// SPDX-License-Identifier: Apache-2.0
/**
 * The way to the privileged helper, for an engine that is not root: the verbs of host, done by the helper. The only place
 * of the engine that knows D-Bus.
 */
@NullMarked
package io.github.cramdisk.daemon.helper;

import org.jspecify.annotations.NullMarked;
