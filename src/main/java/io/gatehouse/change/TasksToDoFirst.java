package io.gatehouse.change;

import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** A change does not start before each of its tasks is done that is to be done before. */
@Component
class TasksToDoFirst implements Prerequisite {

    private final ChangeWork work;

    TasksToDoFirst(ChangeWork work) {
        this.work = work;
    }

    @Override
    public Optional<String> missing(Change change) {
        List<ChangeTask> first =
                work.left(change).stream().filter(ChangeTask::holdsTheStart).toList();
        return first.isEmpty() ? Optional.empty() : Optional.of("To be done first: " + ChangeWork.named(first) + ".");
    }
}
