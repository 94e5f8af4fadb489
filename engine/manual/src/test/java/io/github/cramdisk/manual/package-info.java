// SPDX-License-Identifier: Apache-2.0
@NullMarked
package io.github.cramdisk.manual;

import org.jspecify.annotations.NullMarked;
