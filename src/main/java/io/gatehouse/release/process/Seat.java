package io.gatehouse.release.process;

import io.gatehouse.api.ProblemException;
import io.gatehouse.engine.OpenTask;

/** The seat that a task of a release asks. */
final class Seat {

    private Seat() {}

    /** @throws ProblemException conflict if somebody has had the task ask others as well */
    static String of(OpenTask task) {
        if (task.groups().size() != 1) {
            throw ProblemException.conflict(
                    "no-vote", "No vote", "A vote is one seat's, and this task asks " + task.groups() + ".");
        }
        return task.seat();
    }
}
