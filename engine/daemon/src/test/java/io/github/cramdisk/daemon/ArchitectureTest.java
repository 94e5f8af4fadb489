// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.channels.FileChannel;

/** The directions between the modules of the engine that a module boundary alone does not enforce. */
@AnalyzeClasses(packages = "io.github.cramdisk", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String API = "io.github.cramdisk.api..";
    private static final String STORE = "io.github.cramdisk.store..";
    private static final String NBD = "io.github.cramdisk.nbd..";
    private static final String HOST = "io.github.cramdisk.host..";
    private static final String DAEMON = "io.github.cramdisk.daemon..";
    private static final String CODECS = "io.github.cramdisk.store.codec..";
    private static final String MAPPING = "io.github.cramdisk.store.arena.ArenaMapping";
    private static final String SYSTEM_CALLS = "io.github.cramdisk.store.arena.TmpfsFile";

    private static final DescribedPredicate<JavaClass> THE_CLASS_OF_SYSTEM_CALLS = DescribedPredicate.describe(
            SYSTEM_CALLS + " and what is inside it",
            type -> type.getName().equals(SYSTEM_CALLS) || type.getName().startsWith(SYSTEM_CALLS + "$"));

    @ArchTest
    static final ArchRule STORE_AND_SERVER_DO_NOT_SEE_EACH_OTHER = noClasses()
            .that()
            .resideInAPackage(STORE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(NBD, API, HOST, DAEMON)
            .because("the store must be usable and testable without a server, and replaceable under it");

    @ArchTest
    static final ArchRule SERVER_KNOWS_ONLY_THE_JDK = classes()
            .that()
            .resideInAPackage(NBD)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(NBD, "java..", "org.jspecify..")
            .because("the server serves any BlockDevice; what is behind one is not its business");

    @ArchTest
    static final ArchRule HOST_KNOWS_NO_WIRE_AND_NO_ENGINE = noClasses()
            .that()
            .resideInAPackage(HOST)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(STORE, NBD, "io.github.cramdisk.api.rpc..", DAEMON, "com.fasterxml..")
            .because(
                    "the root helper uses host too and must load as little as possible: of the api only the records that"
                            + " say what to do, and not the wire; it has no Jackson");

    @ArchTest
    static final ArchRule API_IS_JDK_AND_JACKSON = classes()
            .that()
            .resideInAPackage(API)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(API, "java..", "com.fasterxml.jackson..", "org.jspecify..")
            .because("window and command line take the api and nothing else of the engine with it");

    @ArchTest
    static final ArchRule SYSTEM_CALLS_IN_TWO_PLACES = noClasses()
            .that()
            .resideOutsideOfPackage(HOST)
            .and(DescribedPredicate.not(THE_CLASS_OF_SYSTEM_CALLS))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("jnr..", "com.kenai.jffi..")
            .because("native calls are audited, and a move to the foreign function API must touch few files");

    @ArchTest
    static final ArchRule CODECS_IN_ONE_PACKAGE = noClasses()
            .that()
            .resideOutsideOfPackage(CODECS)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("net.jpountz..", "com.github.luben..")
            .because("native decoders read outside their buffers when called wrongly; one package checks every call");

    @ArchTest
    static final ArchRule FILES_ARE_MAPPED_IN_ONE_CLASS = noClasses()
            .that()
            .doNotHaveFullyQualifiedName(MAPPING)
            .should()
            .callMethodWhere(target(owner(
                            DescribedPredicate.describe("FileChannel", type -> type.isAssignableTo(FileChannel.class))))
                    .and(target(name("map"))))
            .because("a page of a mapping that is touched at the wrong time kills the process with SIGBUS");

    @ArchTest
    static final ArchRule D_BUS_ON_THE_WAY_TO_THE_HELPER = noClasses()
            .that()
            .resideOutsideOfPackages("io.github.cramdisk.daemon.helper..", "io.github.cramdisk.helper.wire..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.freedesktop.dbus..", "org.newsclub..")
            .because(
                    "the bus is for the privileged helper alone; its library is large, and loaded only when it is used");

    @ArchTest
    static final ArchRule NO_WINDOW_IN_THE_ENGINE = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("javafx..", "java.awt..", "javax.swing..")
            .because("the engine runs on servers and before login");

    @ArchTest
    static final ArchRule TOML_IN_THE_DEFINITIONS = noClasses()
            .that()
            .resideOutsideOfPackage("io.github.cramdisk.daemon.definition..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.fasterxml.jackson.dataformat..")
            .because("the format of definitions is known in one place");
}
