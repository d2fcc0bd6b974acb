package io.gatehouse;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.engine.TestTag;
import org.junit.platform.launcher.tagexpression.TagExpression;
import org.junit.platform.suite.api.IncludeTags;
import org.junit.platform.suite.api.Suite;

/** A test that is in no suite never runs, and one in two runs twice; nobody would notice either. */
class SuitesTests {

    /** They have executions of their own in the build. */
    private static final Set<String> ELSEWHERE = Set.of("fuzz", "coverage");

    @Test
    void eachTestIsInOneOfThem() {
        List<JavaClass> ours = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.ONLY_INCLUDE_TESTS).importPackages("io.gatehouse").stream()
                        .toList();
        List<Class<?>> suites = ours.stream()
                .filter(type -> type.isAnnotatedWith(Suite.class))
                .<Class<?>>map(JavaClass::reflect)
                .toList();
        List<String> wrong = new ArrayList<>();
        int tests = 0;
        for (JavaClass type : ours) {
            if (type.getSimpleName().endsWith("Tests")
                    && !type.getModifiers().contains(JavaModifier.ABSTRACT)
                    && type.getEnclosingClass().isEmpty()) {
                Set<String> tags = tags(type.reflect());
                long in = Stream.concat(
                                suites.stream().filter(suite -> includes(suite, tags)),
                                tags.stream().filter(ELSEWHERE::contains))
                        .count();
                tests++;
                if (in != 1) {
                    wrong.add(type.getSimpleName() + " " + tags + " is in " + in);
                }
            }
        }

        assertThat(wrong).isEmpty();
        assertThat(suites).hasSizeGreaterThan(5);
        assertThat(tests).isGreaterThan(400);
    }

    private static Set<String> tags(Class<?> type) {
        return AnnotationSupport.findRepeatableAnnotations(type, Tag.class).stream()
                .map(Tag::value)
                .collect(Collectors.toSet());
    }

    private static boolean includes(Class<?> suite, Set<String> tags) {
        return Stream.of(suite.getAnnotation(IncludeTags.class).value())
                .anyMatch(expression -> TagExpression.parseFrom(expression)
                        .tagExpressionOrThrow(IllegalStateException::new)
                        .evaluate(tags.stream().map(TestTag::create).toList()));
    }
}
