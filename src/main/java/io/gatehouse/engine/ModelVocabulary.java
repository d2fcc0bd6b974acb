package io.gatehouse.engine;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationContext;
import org.springframework.stereotype.Component;
import org.springframework.util.ClassUtils;

/**
 * What models may name: the code they call and ask, and the processes there are. It looks at the types of beans and
 * makes none, so it can be asked before there is an engine.
 */
@Component
public class ModelVocabulary {

    private final ApplicationContext context;
    private final ObjectProvider<OnBehalfOfTheSystem> system;

    ModelVocabulary(ApplicationContext context, ObjectProvider<OnBehalfOfTheSystem> system) {
        this.context = context;
        this.system = system;
    }

    /** The beans that service tasks and policies call. */
    public Set<String> delegates() {
        return names(JavaDelegate.class::isAssignableFrom).collect(Collectors.toUnmodifiableSet());
    }

    /** The stems of user tasks that have a class. */
    public Set<String> tasks() {
        return names(TaskForm.class::isAssignableFrom)
                .map(name -> TaskForm.stemOf(classOf(name)))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The beans that expressions may ask, with their methods. */
    public Map<String, Set<String>> questions() {
        return names(type -> type.isAnnotationPresent(CallableFromModels.class))
                .collect(Collectors.toUnmodifiableMap(name -> name, name -> methods(classOf(name))));
    }

    private static Set<String> methods(Class<?> type) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()) && !Modifier.isStatic(method.getModifiers()))
                .map(Method::getName)
                .collect(Collectors.toUnmodifiableSet());
    }

    private Stream<String> names(Predicate<Class<?>> wanted) {
        return Arrays.stream(context.getBeanDefinitionNames()).filter(name -> wanted.test(classOf(name)));
    }

    /** The class that was written, not a proxy of it. */
    private Class<?> classOf(String bean) {
        @Nullable Class<?> type = context.getType(bean, false);
        return type == null ? Void.class : ClassUtils.getUserClass(type);
    }

    /** The ids of the processes that are deployed; not to be asked before there is an engine. */
    public Set<String> processes() {
        return system.getObject().run(command -> command
                .getProcessEngineConfiguration()
                .getRepositoryService()
                .createProcessDefinitionQuery()
                .latestVersion()
                .list()
                .stream()
                .map(ProcessDefinition::getKey)
                .collect(Collectors.toUnmodifiableSet()));
    }
}
