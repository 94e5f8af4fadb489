// SPDX-License-Identifier: Apache-2.0
@NullMarked
package io.github.cramdisk.daemon.attach;

import org.jspecify.annotations.NullMarked;
