// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.kernel.vm;

import java.io.IOException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
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
        private final Set<Hypervisor> unusable = EnumSet.noneOf(Hypervisor.class);

        private Hypervisor usable(Hypervisor withoutKvm) throws IOException {
            List<Hypervisor> choices = new ArrayList<>(Hypervisor.choices(withoutKvm));
            choices.removeAll(unusable);
            for (Hypervisor choice : choices) {
                if (machines.containsKey(choice)) {
                    return choice;
                }
                try {
                    machines.put(choice, VirtualMachine.boot(choice));
                    return choice;
                } catch (AssertionError | IOException e) {
                    if (choices.indexOf(choice) == choices.size() - 1) {
                        throw e;
                    }
                    unusable.add(choice);
                    System.out.println(choice + " does not work here: "
                            + String.valueOf(e.getMessage()).lines().limit(3).collect(Collectors.joining(" ")));
                }
            }
            throw new AssertionError("none of these works: " + Hypervisor.choices(withoutKvm));
        }

        synchronized TestOutcome run(Hypervisor withoutKvm, TestRequest request) throws Exception {
            Requirements.met();
            Hypervisor kind = usable(withoutKvm);
            VirtualMachine machine = Objects.requireNonNull(machines.get(kind));
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
