// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.kernel.vm;

import java.lang.reflect.Method;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Carries a test method into the virtual machine. Inside the machine it lets everything be. The machine is booted for
 * the first test of a run, and again after a test that failed, for nobody knows what that one left.
 */
final class GuestInvocation implements InvocationInterceptor {
    private static final Namespace NAMESPACE = Namespace.create(GuestInvocation.class);

    @Override
    public void interceptTestMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> test, ExtensionContext context)
            throws Throwable {
        if (GuestAgent.isHere()) {
            invocation.proceed();
            return;
        }
        invocation.skip();
        MachineHolder holder = context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(MachineHolder.class, key -> new MachineHolder(), MachineHolder.class);
        Hypervisor withoutKvm = AnnotationSupport.findAnnotation(test.getTargetClass(), InVirtualMachine.class)
                .orElseThrow()
                .withoutKvm();
        holder.run(
                        withoutKvm,
                        new TestRequest(
                                test.getTargetClass().getName(),
                                test.getExecutable().getName()))
                .report();
    }

    @Override
    public void interceptBeforeEachMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        onlyInside(invocation);
    }

    @Override
    public void interceptAfterEachMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        onlyInside(invocation);
    }

    private static void onlyInside(Invocation<Void> invocation) throws Throwable {
        if (GuestAgent.isHere()) {
            invocation.proceed();
        } else {
            invocation.skip();
        }
    }

    /** Keeps the machines of this run, one of each kind. JUnit closes it at the end. */
    @SuppressWarnings("deprecation") // JUnit 5.12 and older know no other than this
    private static final class MachineHolder implements ExtensionContext.Store.CloseableResource, AutoCloseable {
        private final Map<Hypervisor, VirtualMachine> machines = new EnumMap<>(Hypervisor.class);

        synchronized TestOutcome run(Hypervisor kind, TestRequest request) throws Exception {
            VirtualMachine machine = machines.get(kind);
            if (machine == null) {
                machine = VirtualMachine.boot(kind);
                machines.put(kind, machine);
            }
            boolean usable = false;
            try {
                TestOutcome outcome = machine.run(request);
                usable = outcome.failure() == null;
                return outcome;
            } finally {
                if (!usable) {
                    machines.remove(kind);
                    machine.close();
                }
            }
        }

        @Override
        public synchronized void close() {
            machines.values().forEach(VirtualMachine::close);
            machines.clear();
        }
    }
}
