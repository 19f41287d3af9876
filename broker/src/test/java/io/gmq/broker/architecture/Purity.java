package io.gmq.broker.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.conditions.ArchConditions.dependOnClassesThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.conditions.ArchConditions;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a deterministic function must not know: the time, threads, files, chance, the log, the locale, and the order of hash
 * collections. Allowed is what is left, so a new temptation has to be added here by hand.
 */
final class Purity {
    private static final DescribedPredicate<JavaClass> IMPURE_PACKAGES = resideInAnyPackage("java.time..", "java.util.concurrent..",
        "java.io..", "java.nio.file..", "java.nio.channels..", "java.net..", "java.security..", "java.text..", "java.util.logging..",
        "java.lang.management..", "java.lang.ref..", "org.slf4j..", "org.agrona.concurrent.status..", "com.lmax.disruptor..");

    private static final DescribedPredicate<JavaClass> IMPURE_TYPES = anyOf(List.of("java.lang.Thread", "java.lang.ThreadLocal",
        "java.lang.Runtime", "java.lang.Process", "java.lang.ProcessHandle", "java.util.Random", "java.util.SplittableRandom",
        "java.util.UUID", "java.util.Locale", "java.util.Formatter", "java.util.Timer", "java.util.Date", "java.util.Calendar"));

    private static final Set<String> ITERATING = Set.of("values", "keySet", "entrySet", "forEach", "iterator", "spliterator", "stream",
        "parallelStream", "removeIf", "replaceAll", "longForEach", "intForEach", "forEachInt", "forEachLong", "toArray");

    private static final DescribedPredicate<JavaAccess<?>> IMPURE_CALLS = new DescribedPredicate<>("are impure") {
        @Override
        public boolean test(final JavaAccess<?> access) {
            final JavaClass owner = access.getTargetOwner();
            final String name = access.getTarget().getName();
            if (owner.isEquivalentTo(System.class)) {
                return !name.equals("arraycopy");
            }
            if (owner.isEquivalentTo(String.class)) {
                return name.equals("format") || name.equals("formatted") || isWithoutLocale(access, name);
            }
            return owner.isEquivalentTo(Math.class) && name.equals("random")
                || owner.isEquivalentTo(Object.class) && name.equals("hashCode")
                || isHashed(owner) && ITERATING.contains(name);
        }
    };

    private Purity() {
    }

    private static boolean isWithoutLocale(final JavaAccess<?> access, final String name) {
        return (name.equals("toLowerCase") || name.equals("toUpperCase")) && access instanceof final JavaCall<?> call
            && call.getTarget().getRawParameterTypes().isEmpty();
    }

    /** Whether this may be a hash collection: also where it is known as a map or a set only. */
    private static boolean isHashed(final JavaClass owner) {
        return owner.getName().startsWith("java.util.") && assignableTo(Map.class).or(assignableTo(Set.class)).test(owner)
            || owner.getPackageName().equals("org.agrona.collections") && nameMatching(".*Hash(Map|Set).*|.*(Map|Set|Cache)").test(owner);
    }

    private static DescribedPredicate<JavaClass> anyOf(final List<String> names) {
        return DescribedPredicate.describe("are " + names, its -> names.contains(its.getName()));
    }

    /** That the classes of these packages are pure. */
    static ArchRule of(final String... packages) {
        return noClasses().that().resideInAnyPackage(packages)
            .should(dependOnClassesThat(IMPURE_PACKAGES.or(IMPURE_TYPES)).or(ArchConditions.accessTargetWhere(IMPURE_CALLS)))
            .because("the same commands must give the same effects in any process, on any day");
    }
}
