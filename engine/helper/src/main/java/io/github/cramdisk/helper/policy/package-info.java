// SPDX-License-Identifier: Apache-2.0
/**
 * What each verb asks of its caller: which action of polkit it needs, for which object, and what belongs to whom. Trusts
 * nothing that the caller says; objects are judged as the kernel shows them, after they were opened.
 */
@NullMarked
package io.github.cramdisk.helper.policy;

import org.jspecify.annotations.NullMarked;
