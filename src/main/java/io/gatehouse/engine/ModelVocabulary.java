package io.gatehouse.engine;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.springframework.aop.support.AopUtils;
import org.springframework.context.ApplicationContext;
import org.springframework.stereotype.Component;

/** What models may name: the code they call and ask, and the processes there are. */
@Component
public class ModelVocabulary {

    private final ApplicationContext context;
    private final RepositoryService repository;
    private final OnBehalfOfTheSystem system;

    ModelVocabulary(ApplicationContext context, RepositoryService repository, OnBehalfOfTheSystem system) {
        this.context = context;
        this.repository = repository;
        this.system = system;
    }

    /** The beans that service tasks and policies call. */
    public Set<String> delegates() {
        return Set.of(context.getBeanNamesForType(JavaDelegate.class));
    }

    /** The stems of user tasks that have a class. */
    public Set<String> tasks() {
        return context.getBeansOfType(TaskForm.class).values().stream()
                .map(TaskForm::stem)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The beans that expressions may ask, with their methods. */
    public Map<String, Set<String>> questions() {
        return context.getBeansWithAnnotation(CallableFromModels.class).entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, bean -> methods(bean.getValue())));
    }

    private static Set<String> methods(Object bean) {
        return Arrays.stream(AopUtils.getTargetClass(bean).getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()) && !Modifier.isStatic(method.getModifiers()))
                .map(Method::getName)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The ids of the processes that are deployed. */
    public Set<String> processes() {
        return system.run(context -> repository.createProcessDefinitionQuery().latestVersion().list().stream()
                .map(ProcessDefinition::getKey)
                .collect(Collectors.toUnmodifiableSet()));
    }
}
