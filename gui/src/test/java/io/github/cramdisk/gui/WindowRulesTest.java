// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.github.cramdisk.gui.common.Tasks;
import java.util.concurrent.Executors;
import javafx.application.Platform;

/** The rules by which the window is built. */
@AnalyzeClasses(packages = "io.github.cramdisk", importOptions = ImportOption.DoNotIncludeTests.class)
final class WindowRulesTest {
    @ArchTest
    static final ArchRule VIEW_MODELS_KNOW_NO_NODES = noClasses()
            .that()
            .haveSimpleNameEndingWith("Model")
            .or()
            .resideInAPackage("io.github.cramdisk.gui.engine..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("javafx.scene..", "javafx.stage..", "javafx.animation..")
            .because("a view model is tested without a stage, and survives any change of the view");

    @ArchTest
    static final ArchRule ONE_DOOR_TO_THREADS = noClasses()
            .that()
            .doNotBelongToAnyOf(Tasks.class)
            .and()
            .resideInAPackage("io.github.cramdisk.gui..")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(Platform.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Executors.class)
            .because("work leaves and enters the window's thread in Tasks only, where it cannot be forgotten");

    @ArchTest
    static final ArchRule ONLY_THE_API = classes()
            .that()
            .resideInAPackage("io.github.cramdisk.gui..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "io.github.cramdisk.gui..",
                    "io.github.cramdisk.api..",
                    "java..",
                    "javafx..",
                    "atlantafx..",
                    "org.kordamp.ikonli..",
                    "org.jspecify..")
            .because("whatever the window can do, the command line can do by the same interface");

    @ArchTest
    static final ArchRule COMMON_DEPENDS_ON_NO_PAGE = noClasses()
            .that()
            .resideInAnyPackage("io.github.cramdisk.gui.common..", "io.github.cramdisk.gui.theme..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.github.cramdisk.gui.app..",
                    "io.github.cramdisk.gui.overview..",
                    "io.github.cramdisk.gui.create..",
                    "io.github.cramdisk.gui.disk..",
                    "io.github.cramdisk.gui.memorybar..",
                    "io.github.cramdisk.gui.volumes..")
            .because("what all pages share must not know any of them");

    @ArchTest
    static final ArchRule NO_CYCLES = slices().matching("io.github.cramdisk.gui.(*)..")
            .should()
            .beFreeOfCycles()
            .because("packages that need each other are one package");
}
