package io.gatehouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.ReflectionSupport;
import org.junit.platform.engine.TestTag;
import org.junit.platform.launcher.tagexpression.TagExpression;
import org.junit.platform.suite.api.IncludeTags;
import org.junit.platform.suite.api.Suite;

/** A test that is in no suite never runs, and one in two runs twice; nobody would notice either. */
class SuitesTests {

    /** Has an execution of its own in the build, after all others. */
    private static final Set<String> ELSEWHERE = Set.of("coverage");

    @Test
    void eachTestIsInOneOfThem() {
        List<Class<?>> suites = ours(type -> type.isAnnotationPresent(Suite.class));
        List<Class<?>> tests = ours(type -> type.getSimpleName().endsWith("Tests")
                && !Modifier.isAbstract(type.getModifiers())
                && type.getEnclosingClass() == null);
        List<String> wrong = new ArrayList<>();
        for (Class<?> test : tests) {
            Set<String> tags = tags(test);
            long in = Stream.concat(
                            suites.stream().filter(suite -> includes(suite, tags)),
                            tags.stream().filter(ELSEWHERE::contains))
                    .count();
            if (in != 1) {
                wrong.add(test.getSimpleName() + " " + tags + " is in " + in);
            }
        }

        assertThat(wrong).isEmpty();
        assertThat(suites).hasSizeGreaterThan(5);
        assertThat(tests).hasSizeGreaterThan(400);
    }

    private static List<Class<?>> ours(Predicate<Class<?>> wanted) {
        return ReflectionSupport.findAllClassesInPackage(
                SuitesTests.class.getPackageName(), wanted, name -> name.matches(".*(Tests|Suite)"));
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
