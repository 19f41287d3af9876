package io.gmq.broker.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The arrows between modules and packages, and the purity of the engine, read from the byte code of all modules. */
class ArchitectureTest {
    private static final Pattern MODULE = Pattern.compile("io\\.gmq\\.([a-z]+)(\\..*)?");
    private static final String CYCLES = "io.gmq.(**)";

    private static final JavaClasses CLASSES =
        new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(location -> !location.contains("-tests.jar")).importPackages("io.gmq");
    private static final JavaClasses FIXTURE = new ClassFileImporter().importPackages("io.gmq.broker.architecture.fixture");

    /** Every arrow between two modules, as {@code from -> to}. */
    private static Set<String> arrows(final JavaClasses classes) {
        return classes.stream().flatMap(from -> from.getDirectDependenciesFromSelf().stream())
            .map(dependency -> module(dependency.getOriginClass()) + " -> " + module(dependency.getTargetClass()))
            .filter(arrow -> !arrow.contains("none") && !arrow.matches("(.*) -> \\1"))
            .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String module(final JavaClass its) {
        final Matcher matcher = MODULE.matcher(its.getPackageName());
        return matcher.matches() ? matcher.group(1) : "none";
    }

    @Test
    void shouldSeeAllModules() {
        assertThat(CLASSES.stream().map(ArchitectureTest::module)).contains("engine", "journal", "transport", "client", "broker");
        assertThat(CLASSES.contain("io.gmq.engine.core.Engine")).isTrue();
        assertThat(CLASSES.stream().map(JavaClass::getName)).noneMatch(name -> name.endsWith("Test"));
    }

    @Test
    void shouldHaveTheseArrowsBetweenModulesAndNoOthers() {
        assertThat(arrows(CLASSES)).containsExactly("broker -> client", "broker -> engine", "broker -> journal", "broker -> transport",
            "journal -> engine", "transport -> engine");
    }

    @Test
    void shouldHaveNoCyclesBetweenPackages() {
        slices().matching(CYCLES).should().beFreeOfCycles().check(CLASSES);
    }

    @ParameterizedTest
    @CsvSource({
        "engine.api,        engine.core",
        "engine.api,        engine.ring",
        "engine.core,       engine.ring",
        "engine.ring,       engine.core",
        "transport.tcp,     transport.codec",
        "transport.tcp,     transport.ingress",
        "transport.tcp,     transport.egress",
        "transport.tcp,     transport.tls",
        "transport.tls,     transport.codec",
        "transport.tls,     transport.ingress",
        "transport.tls,     transport.egress",
        "transport.codec,   transport.tcp",
        "transport.codec,   transport.ingress",
        "transport.codec,   transport.egress",
        "transport.ingress, transport.egress",
        "transport.egress,  transport.ingress",
        "broker.config,     broker.cli",
        "broker.config,     broker.auth",
        "broker.auth,       broker.cli"})
    void shouldNotKnow(final String from, final String to) {
        final String origin = "io.gmq." + from + "..";
        assertThat(CLASSES.that(resideInAPackage(origin))).isNotEmpty();
        noClasses().that().resideInAPackage(origin).should().dependOnClassesThat().resideInAPackage("io.gmq." + to + "..").check(CLASSES);
    }

    @Test
    void shouldKeepSocketsOutOfTheCodec() {
        noClasses().that().resideInAPackage("io.gmq.transport.codec..").should().dependOnClassesThat()
            .resideInAnyPackage("java.nio.channels..", "java.net..").check(CLASSES);
    }

    /** Each library has one place where it is known, so that it could be replaced there. */
    @ParameterizedTest
    @CsvSource({
        "com.lmax.disruptor.., io.gmq.engine.ring..",
        "net.openhft..,        io.gmq.journal.chronicle..",
        "com.dslplatform..,    io.gmq.client..",
        "tlschannel..,         io.gmq.transport.tls..",
        "picocli..,            io.gmq.broker.cli..",
        "com.password4j..,     io.gmq.broker.auth..",
        "ch.qos.logback..,     io.gmq.broker..",
        "com.fasterxml..,      io.gmq.broker.."})
    void shouldKnowALibraryInOnePlaceOnly(final String library, final String place) {
        noClasses().that().resideOutsideOfPackage(place).should().dependOnClassesThat().resideInAPackage(library).check(CLASSES);
    }

    @Test
    void shouldKeepTheEnginePure() {
        Purity.of("io.gmq.engine.core..", "io.gmq.engine.api..").check(CLASSES);
    }

    @Test
    void shouldNoticeEveryImpurity() {
        final List<String> methods = FIXTURE.get("io.gmq.broker.architecture.fixture.Impure").getMethods().stream()
            .filter(method -> !method.getName().startsWith("lambda$")).map(method -> "Impure." + method.getName() + "(").toList();
        final List<String> details = Purity.of("..fixture").evaluate(FIXTURE).getFailureReport().getDetails();
        assertThat(methods).hasSizeGreaterThan(20)
            .allSatisfy(method -> assertThat(details).anyMatch(detail -> detail.contains(method)));
        assertThat(details).noneMatch(detail -> detail.contains("fixture.Pure"));
    }

    @Test
    void shouldNoticeACycle() {
        final ArchRule rule = slices().matching(CYCLES).should().beFreeOfCycles();
        assertThat(rule.evaluate(FIXTURE).hasViolation()).isTrue();
    }

    @Test
    void shouldNoticeAnArrow() {
        final JavaClasses both = new ClassFileImporter().importPackages("io.gmq.broker", "io.gmq.client");
        assertThat(arrows(both)).contains("broker -> client");
        assertThat(noClasses().that().resideInAPackage("..fixture.one").should().dependOnClassesThat().resideInAPackage("..fixture.two")
            .evaluate(FIXTURE).hasViolation()).isTrue();
    }
}
