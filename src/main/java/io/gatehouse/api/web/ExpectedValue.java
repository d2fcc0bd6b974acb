package io.gatehouse.api.web;

import java.time.LocalDate;
import java.time.temporal.TemporalAccessor;
import java.util.Arrays;
import java.util.Collection;
import java.util.stream.Collectors;
import org.springframework.util.ClassUtils;

/** Says in a client's words what a field of a Java type accepts. */
final class ExpectedValue {

    private ExpectedValue() {}

    static String describe(Class<?> declared) {
        Class<?> type = ClassUtils.resolvePrimitiveIfNecessary(declared);
        if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants())
                    .map(Object::toString)
                    .collect(Collectors.joining(", ", "must be one of ", ""));
        }
        if (type == Boolean.class) {
            return "must be true or false";
        }
        if (type == Integer.class || type == Long.class || type == Short.class) {
            return "must be a whole number in range";
        }
        if (Number.class.isAssignableFrom(type)) {
            return "must be a number";
        }
        if (type == LocalDate.class) {
            return "must be a day such as 2026-03-01";
        }
        if (TemporalAccessor.class.isAssignableFrom(type)) {
            return "must be a time such as 2026-03-01T10:00:00Z";
        }
        if (Collection.class.isAssignableFrom(type) || type.isArray()) {
            return "must be a list";
        }
        return CharSequence.class.isAssignableFrom(type) ? "must be a text" : "is not acceptable";
    }
}
