package io.gatehouse.engine;

import io.gatehouse.access.Person;
import java.util.Map;
import java.util.Optional;

/**
 * The server's side of one user task. The engine finds it by name: the task "Approve change" has the form
 * {@code ApproveChange.form} and the bean {@code ApproveChangeForm}. Every door (Tasklist, API, console) ends here, so
 * this is where the rules of the task live; what the form in the browser checks is only a convenience.
 */
public interface TaskForm {

    /** The label of the task in PascalCase, taken from the name of the class. */
    default String stem() {
        return stemOf(getClass());
    }

    /** The stem of the task whose server's side this class is. */
    static String stemOf(Class<?> type) {
        return type.getSimpleName().replaceFirst("Form$", "");
    }

    /** What the person needs to see to decide, by field of the form; read afresh from our tables, never stored. */
    Map<String, Object> show(OpenTask task);

    /** Refuses, with a reason the person understands, whoever must not take or complete this task. */
    void admit(OpenTask task, Person person);

    /**
     * Whether the roles a late task was escalated to may do it too, if admitted; else they only see it. Never for a
     * seat: that somebody is slow gives nobody else their vote.
     */
    default boolean isOpenToEscalation() {
        return false;
    }

    /**
     * Who sees the task when it is late, in the place of the roles that the diagram names; those, if it is empty. They
     * only see it.
     */
    default Optional<String> escalatesTo(OpenTask task) {
        return Optional.empty();
    }

    /**
     * Records the answer in our tables.
     *
     * @return what the diagram needs to choose the next step: enum names, booleans, dates; often nothing
     */
    Map<String, Object> submit(OpenTask task, Person person, Answers answers);
}
