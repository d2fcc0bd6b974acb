package io.gatehouse.engine;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Supplier;
import org.camunda.bpm.impl.juel.jakarta.el.ELContext;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;
import org.springframework.core.convert.support.DefaultConversionService;
import org.springframework.util.ReflectionUtils;

/** Resolves the names of allowed beans and calls the public methods their own class declares, nothing inherited. */
class ModelBeanResolver extends ModelVariableResolver {

    /** Asked for at the first call, not while models are parsed: delegates need the engine that parses them. */
    private final Supplier<Map<String, Object>> beans;

    ModelBeanResolver(Supplier<Map<String, Object>> beans) {
        this.beans = beans;
    }

    @Override
    public @Nullable Object getValue(ELContext context, @Nullable Object base, Object property) {
        Object bean = base == null ? beans.get().get(property.toString()) : null;
        context.setPropertyResolved(bean != null);
        return bean;
    }

    @Override
    public @Nullable Object invoke(
            ELContext context,
            @Nullable Object base,
            Object method,
            Class<?> @Nullable [] types,
            Object @Nullable [] arguments) {
        if (base == null || !beans.get().containsValue(base)) {
            return null;
        }
        @Nullable Object[] given = arguments == null ? new Object[0] : arguments;
        Method target = declared(base, method.toString(), given.length);
        if (target == null) {
            return null;
        }
        context.setPropertyResolved(true);
        return ReflectionUtils.invokeMethod(target, base, convert(given, target.getParameterTypes()));
    }

    /** Our own call instead of the stock one, which finds no method on a class that is not public. */
    private static @Nullable Method declared(Object bean, String name, int arguments) {
        return Arrays.stream(AopUtils.getTargetClass(bean).getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()) && !Modifier.isStatic(method.getModifiers()))
                .filter(method -> method.getName().equals(name) && method.getParameterCount() == arguments)
                .peek(ReflectionUtils::makeAccessible)
                .findFirst()
                .orElse(null);
    }

    private static @Nullable Object[] convert(@Nullable Object[] arguments, Class<?>[] types) {
        @Nullable Object[] converted = new Object[arguments.length];
        for (int i = 0; i < arguments.length; i++) {
            converted[i] = DefaultConversionService.getSharedInstance().convert(arguments[i], types[i]);
        }
        return converted;
    }
}
