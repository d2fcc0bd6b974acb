package io.gatehouse.engine;

import java.util.HashMap;
import java.util.Map;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.impl.el.JuelExpressionManager;
import org.camunda.bpm.engine.impl.el.VariableContextElResolver;
import org.camunda.bpm.impl.juel.jakarta.el.CompositeELResolver;
import org.camunda.bpm.impl.juel.jakarta.el.ELResolver;
import org.springframework.context.ApplicationContext;
import org.springframework.util.function.SingletonSupplier;

/**
 * Evaluates the expressions of models against an allow-list: process variables, our delegates, and the public methods
 * of beans marked {@link CallableFromModels}. What a stock engine would resolve besides (every Spring bean, getters and
 * methods of any object, and so any Java class) does not exist here, because whoever may deploy a model or send a
 * query with an expression could otherwise run any code.
 */
class ModelExpressions extends JuelExpressionManager {

    private final ApplicationContext context;

    ModelExpressions(ApplicationContext context) {
        this.context = context;
    }

    @Override
    protected ELResolver createElResolver() {
        CompositeELResolver resolvers = new CompositeELResolver();
        resolvers.add(new ModelVariableResolver());
        resolvers.add(new VariableContextElResolver());
        resolvers.add(new ModelBeanResolver(SingletonSupplier.of(this::allowedBeans)));
        return resolvers;
    }

    private Map<String, Object> allowedBeans() {
        Map<String, Object> allowed = new HashMap<>(context.getBeansWithAnnotation(CallableFromModels.class));
        allowed.putAll(context.getBeansOfType(JavaDelegate.class));
        return Map.copyOf(allowed);
    }
}
