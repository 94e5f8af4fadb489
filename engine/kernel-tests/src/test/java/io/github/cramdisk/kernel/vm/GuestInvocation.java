// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.kernel.vm;

import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

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
        holder.run(new TestRequest(
                        test.getTargetClass().getName(), test.getExecutable().getName()))
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

    /** Keeps the machine of this run. JUnit closes it at the end. */
    @SuppressWarnings("deprecation") // JUnit 5.12 and older know no other than this
    private static final class MachineHolder implements ExtensionContext.Store.CloseableResource, AutoCloseable {
        private @Nullable VirtualMachine machine;

        synchronized TestOutcome run(TestRequest request) throws Exception {
            VirtualMachine running = machine;
            if (running == null) {
                running = VirtualMachine.boot();
                machine = running;
            }
            TestOutcome outcome;
            try {
                outcome = running.run(request);
            } catch (Exception | AssertionError e) {
                close();
                throw e;
            }
            if (outcome.failure() != null) {
                close();
            }
            return outcome;
        }

        @Override
        public synchronized void close() {
            if (machine != null) {
                machine.close();
                machine = null;
            }
        }
    }
}
