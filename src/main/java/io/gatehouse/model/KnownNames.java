package io.gatehouse.model;

import java.util.Map;
import java.util.Set;

/**
 * What a model may refer to by name.
 *
 * @param processes ids of processes
 * @param tables ids of decision tables
 * @param forms ids of forms
 * @param delegates beans that service tasks call
 * @param tasks stems of user tasks that have a class
 * @param questions beans that expressions may ask, with their methods
 */
record KnownNames(
        Set<String> processes,
        Set<String> tables,
        Set<String> forms,
        Set<String> delegates,
        Set<String> tasks,
        Map<String, Set<String>> questions) {

    boolean isCallable(String bean, String method) {
        return questions.getOrDefault(bean, Set.of()).contains(method);
    }
}
