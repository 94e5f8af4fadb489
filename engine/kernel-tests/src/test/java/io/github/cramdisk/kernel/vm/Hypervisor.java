// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.kernel.vm;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What a virtual machine runs on. Its standard input and output are the port of {@link GuestAgent}. */
public enum Hypervisor {
    /** QEMU on the processors of the host. Works in seconds or not at all: where it is only announced, it hangs or fails. */
    KVM(Duration.ofSeconds(30)),
    /** QEMU on emulated processors, ten to twenty times slower. They boot in half a minute on an idle host. */
    TCG(Duration.ofMinutes(6)),
    /**
     * User Mode Linux: Debian's kernel as a process of the host. Programs run on the host's one processor at nearly its speed,
     * so times mean something; without modules for zram's backing device and without several processors.
     */
    UML(Duration.ofMinutes(2));

    private static final String ALWAYS =
            "loglevel=5 panic=-1 systemd.unit=cramdisk-tests.target net.ifnames=0 mitigations=off cramdisk.work=";

    private final Duration bootLimit;

    Hypervisor(Duration bootLimit) {
        this.bootLimit = bootLimit;
    }

    /**
     * What to try for a machine, the best first: the one that the property {@code cramdisk.hypervisor} names, else KVM where it
     * is announced, the given one, and TCG, which always works.
     */
    static List<Hypervisor> choices(Hypervisor withoutKvm) {
        String wanted = System.getProperty("cramdisk.hypervisor", "");
        if (!wanted.isEmpty()) {
            return List.of(valueOf(wanted.toUpperCase(Locale.ROOT)));
        }
        Stream<Hypervisor> kvm = Files.isWritable(Path.of("/dev/kvm")) ? Stream.of(KVM) : Stream.empty();
        return Stream.concat(kvm, Stream.of(withoutKvm, TCG)).distinct().toList();
    }

    Duration bootLimit() {
        return bootLimit;
    }

    /** The flavour of kernel that {@code kernel.sh} fetches for it. */
    String kernel() {
        return this == UML ? "uml" : "amd64";
    }

    /**
     * The command that boots it. Its console is standard error, or a file.
     *
     * @param work directory with {@code vmlinuz} and {@code initrd}
     */
    List<String> command(Path work, Path console) {
        String arguments = ALWAYS + work;
        if (this == UML) {
            return List.of(
                    work.resolve("vmlinuz").toString(),
                    "mem=3G",
                    "initrd=" + work.resolve("initrd"),
                    "con=null",
                    "con0=null,fd:2",
                    "ssl=null",
                    "ssl0=fd:0,fd:1",
                    "console=tty0",
                    arguments);
        }
        return List.of(
                "qemu-system-x86_64",
                "-accel",
                this == KVM ? "kvm" : "tcg,thread=multi",
                "-cpu",
                this == KVM ? "host" : "max",
                "-m",
                "3G",
                "-smp",
                "2",
                "-display",
                "none",
                "-no-reboot",
                "-net",
                "none",
                "-serial",
                "file:" + console,
                "-monitor",
                "none",
                "-kernel",
                work.resolve("vmlinuz").toString(),
                "-initrd",
                work.resolve("initrd").toString(),
                "-append",
                "console=ttyS0 " + arguments,
                "-virtfs",
                "local,path=/,mount_tag=host,security_model=none,readonly=on,multidevs=remap",
                "-device",
                "virtio-serial",
                "-chardev",
                "stdio,id=tests,signal=off",
                "-device",
                "virtserialport,chardev=tests,name=" + GuestAgent.PORT_NAME);
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
