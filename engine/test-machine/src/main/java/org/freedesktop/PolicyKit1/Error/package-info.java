// SPDX-License-Identifier: Apache-2.0
/** Errors of polkit's protocol, which the D-Bus library names after their class. */
@NullMarked
package org.freedesktop.PolicyKit1.Error;

import org.jspecify.annotations.NullMarked;
