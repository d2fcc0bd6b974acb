package io.gatehouse.change;

/** The names that {@code ChangeTask.bpmn} shares with the code. */
public final class ChangeTaskModel {

    static final String PROCESS = "ChangeTask";

    /** The one variable it starts with: the number of the task, also its business key. */
    static final String NUMBER = "changeTaskNumber";

    static final String MOVED = "change.ChangeTaskMoved";
    static final String OVER = "change.ChangeTaskOver";

    /** Lets a change that was implemented go on to its end. */
    static final String ALL_DONE = "change.AllTasksDone";

    public static final String DO = "DoChangeTask";

    private ChangeTaskModel() {}
}
