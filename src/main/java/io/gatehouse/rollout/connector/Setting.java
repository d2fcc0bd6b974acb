package io.gatehouse.rollout.connector;

import java.lang.reflect.Parameter;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.ResolvableType;

/**
 * One setting, as a component of a record declares it.
 *
 * @param name as operators write it
 * @param example empty if none is known
 */
record Setting(String name, ResolvableType type, boolean required, String example) {

    /** All that a record declares, in its order. */
    static List<Setting> of(Class<?> settings) {
        RecordComponent[] components = settings.getRecordComponents();
        Parameter[] parameters = settings.getDeclaredConstructors()[0].getParameters();
        return IntStream.range(0, components.length)
                .mapToObj(i -> of(components[i], parameters[i].getAnnotation(DefaultValue.class)))
                .toList();
    }

    private static Setting of(RecordComponent component, @Nullable DefaultValue otherwise) {
        boolean optional = otherwise != null || component.getAnnotatedType().isAnnotationPresent(Nullable.class);
        Example example = component.getAnnotation(Example.class);
        String otherwiseWritten = otherwise == null ? "" : String.join(",", otherwise.value());
        return new Setting(
                DataObjectPropertyName.toDashedForm(component.getName()),
                ResolvableType.forType(component.getGenericType()),
                !optional,
                example == null ? otherwiseWritten : example.value());
    }

    /** @param uniform in small letters and without dashes */
    boolean isNamed(String uniform) {
        return name.replace("-", "").equals(uniform);
    }

    /** What to write, to be read after what is wrong. */
    String advice() {
        Object[] constants = type.toClass().getEnumConstants();
        String wanted = constants == null
                ? example
                : Stream.of(constants).map(Object::toString).collect(Collectors.joining(" or "));
        return wanted.isEmpty() ? "" : "; write it as " + wanted;
    }
}
