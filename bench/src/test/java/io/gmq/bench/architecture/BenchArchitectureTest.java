package io.gmq.bench.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The arrows between this module's packages, and where its libraries are known; benchmarks of the parts know what they measure. */
class BenchArchitectureTest {
    private static final JavaClasses CLASSES =
        new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("io.gmq.bench");

    @Test
    void shouldHaveNoCyclesBetweenPackages() {
        slices().matching("io.gmq.bench.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    /** The generator knows no protocol, and no broker but by its socket. */
    @ParameterizedTest
    @CsvSource({"load, io.gmq.bench.wire..", "load, io.gmq.bench.report..", "load, io.gmq.broker..", "load, io.gmq.engine..", "load, io.gmq.client..",
        "wire, io.gmq.broker..", "wire, io.gmq.transport..", "wire, io.gmq.engine..", "wire, io.gmq.client..", "report, io.gmq.bench.cli..",
        "tune, io.gmq.bench.cli.."})
    void shouldNotKnow(final String from, final String to) {
        noClasses().that().resideInAPackage("io.gmq.bench." + from + "..").should().dependOnClassesThat().resideInAPackage(to).check(CLASSES);
    }

    @ParameterizedTest
    @CsvSource({"picocli.., io.gmq.bench.cli..", "org.knowm.., io.gmq.bench.report..", "com.fasterxml.., io.gmq.bench.report.."})
    void shouldKnowALibraryInOnePlaceOnly(final String library, final String place) {
        noClasses().that().resideOutsideOfPackages(place, "io.gmq.bench.jmh..").should().dependOnClassesThat().resideInAPackage(library).check(CLASSES);
    }
}
