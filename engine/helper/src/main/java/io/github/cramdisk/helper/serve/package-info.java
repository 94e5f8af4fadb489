// SPDX-License-Identifier: Apache-2.0
/**
 * From a message of a stranger to a verb that was carried out, or to the error that says why not: who calls, what they
 * ask for, one thread for each call.
 */
@NullMarked
package io.github.cramdisk.helper.serve;

import org.jspecify.annotations.NullMarked;
