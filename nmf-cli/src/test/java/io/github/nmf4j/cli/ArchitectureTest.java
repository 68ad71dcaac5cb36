package io.github.nmf4j.cli;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameStartingWith;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;

/** Arrows between modules point down only: what a module sees of this project; libraries stay quiet, vectors have one width. */
@AnalyzeClasses(packages = ArchitectureTest.ROOT, importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    static final String ROOT = "io.github.nmf4j";

    private static final String API = ROOT + ".api..";
    private static final String CORE = ROOT + ".core..";
    private static final String REGULARIZERS = ROOT + ".regularizers..";
    private static final String BACKENDS = ROOT + ".backend..";
    private static final String DATA = ROOT + ".data..";
    private static final String UNMIX = ROOT + ".unmix..";
    private static final String REPORT = ROOT + ".report..";
    private static final String CLI = ROOT + ".cli..";
    private static final String SPARK = ROOT + ".spark..";
    private static final String BENCH = ROOT + ".bench..";

    /** A module may depend on itself and on these of the project's packages. */
    private static ArchRule dependOnlyOn(String module, String... others) {
        String[] allowed = java.util.Arrays.copyOf(others, others.length + 1);
        allowed[others.length] = module;
        return noClasses()
                .that()
                .resideInAPackage(module)
                .should()
                .dependOnClassesThat(resideInAnyPackage(ROOT + "..")
                        .and(com.tngtech.archunit.base.DescribedPredicate.not(resideInAnyPackage(allowed))))
                .as(module + " depends on no part of the project but " + String.join(", ", allowed))
                .allowEmptyShould(true);
    }

    @ArchTest
    static final ArchRule apiNeedsNothingButJava = noClasses()
            .that()
            .resideInAPackage(API)
            .should()
            .dependOnClassesThat(resideOutsideOfPackage("java..").and(resideOutsideOfPackage(API)))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule coreNamesNoExtension = dependOnlyOn(CORE, API);

    @ArchTest
    static final ArchRule regularizersSeeTheApiAlone = dependOnlyOn(REGULARIZERS, API);

    @ArchTest
    static final ArchRule backendsSeeTheApiAlone = dependOnlyOn(BACKENDS, API);

    @ArchTest
    static final ArchRule dataSeesTheCore = dependOnlyOn(DATA, CORE, API);

    @ArchTest
    static final ArchRule unmixingSeesTheCore = dependOnlyOn(UNMIX, CORE, API);

    @ArchTest
    static final ArchRule reportsSeeTheCore = dependOnlyOn(REPORT, CORE, API);

    @ArchTest
    static final ArchRule sparkSeesCoreAndData = dependOnlyOn(SPARK, DATA, CORE, API);

    @ArchTest
    static final ArchRule nothingDependsOnTheCommandOrTheBenchmarks = noClasses()
            .that()
            .resideOutsideOfPackages(CLI, BENCH)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(CLI, BENCH)
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule librariesPrintNothing = noClasses()
            .that()
            .resideOutsideOfPackages(CLI, BENCH)
            .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS)
            .allowEmptyShould(true);

    /** A virtual machine that has met vectors of two widths compiles both for every operation, in the other kernels too. */
    @ArchTest
    static final ArchRule vectorsHaveTheWidthOfTheMachine = noClasses()
            .that()
            .resideInAPackage(BACKENDS)
            .and()
            .doNotHaveFullyQualifiedName(ROOT + ".backend.vector.Lanes")
            .should()
            .accessFieldWhere(target(owner(nameStartingWith("jdk.incubator.vector.Double")))
                    .and(target(nameStartingWith("SPECIES_"))))
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("jdk.incubator.vector.VectorShape");
}
