package io.gatehouse.engine;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Supplier;
import org.camunda.bpm.impl.juel.jakarta.el.BeanELResolver;
import org.camunda.bpm.impl.juel.jakarta.el.ELContext;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;

/** Resolves the names of allowed beans and calls the public methods their own class declares, nothing inherited. */
class ModelBeanResolver extends ModelVariableResolver {

    /** Asked for at the first call, not while models are parsed: delegates need the engine that parses them. */
    private final Supplier<Map<String, Object>> beans;

    private final BeanELResolver invoker = new BeanELResolver(true);

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
        if (base == null || !beans.get().containsValue(base) || !declares(base, method.toString())) {
            return null;
        }
        return invoker.invoke(context, base, method, types, arguments);
    }

    private static boolean declares(Object bean, String name) {
        return Arrays.stream(AopUtils.getTargetClass(bean).getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()))
                .map(Method::getName)
                .anyMatch(name::equals);
    }
}
