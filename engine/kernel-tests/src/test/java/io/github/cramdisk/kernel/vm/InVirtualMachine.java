// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.kernel.vm;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The tests of this class run inside the virtual machine, as its root. JUnit on the host chooses them and reports them as
 * its own; their bodies, and methods before and after each, run there. Only methods without parameters, and nothing
 * before or after all: each test is alone in its class there.
 *
 * <p>All of them carry the tag {@code long}. The forms that take minutes each carry {@code soak} too, and run only where
 * {@code ./test --soak} asks for them.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Tag("long")
@ExtendWith(GuestInvocation.class)
public @interface InVirtualMachine {
    /**
     * What the machine runs on where KVM does not work. On {@link Hypervisor#UML} times mean something and long scenarios
     * are short; {@link Hypervisor#TCG} has all of Debian's kernel and several processors.
     */
    Hypervisor withoutKvm() default Hypervisor.TCG;
}
