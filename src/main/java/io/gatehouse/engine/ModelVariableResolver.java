package io.gatehouse.engine;

import org.camunda.bpm.engine.delegate.VariableScope;
import org.camunda.bpm.impl.juel.jakarta.el.ELContext;
import org.camunda.bpm.impl.juel.jakarta.el.ELResolver;
import org.jspecify.annotations.Nullable;

/** Resolves a name to the process variable of that name; {@code execution} and {@code task} are deliberately unknown. */
class ModelVariableResolver extends ELResolver {

    @Override
    public @Nullable Object getValue(ELContext context, @Nullable Object base, Object property) {
        if (base == null
                && context.getContext(VariableScope.class) instanceof VariableScope scope
                && scope.hasVariable(property.toString())) {
            context.setPropertyResolved(true);
            return scope.getVariable(property.toString());
        }
        return null;
    }

    @Override
    public @Nullable Class<?> getType(ELContext context, @Nullable Object base, Object property) {
        return null;
    }

    @Override
    public void setValue(ELContext context, @Nullable Object base, Object property, Object value) {
        // Expressions only read; an unresolved write is an error of the caller.
    }

    @Override
    public boolean isReadOnly(ELContext context, @Nullable Object base, Object property) {
        return true;
    }

    @Override
    public @Nullable Class<?> getCommonPropertyType(ELContext context, @Nullable Object base) {
        return null;
    }

    @Override
    public java.util.@Nullable Iterator<java.beans.FeatureDescriptor> getFeatureDescriptors(
            ELContext context, @Nullable Object base) {
        return null;
    }
}
