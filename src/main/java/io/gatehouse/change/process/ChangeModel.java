package io.gatehouse.change.process;

/** The names that {@code NormalChange.bpmn} and {@code StandardChange.bpmn} share with the code. */
public final class ChangeModel {

    public static final String NORMAL_CHANGE = "NormalChange";
    public static final String STANDARD_CHANGE = "StandardChange";

    /** The one variable both processes start with: the number, also their business key. */
    public static final String CHANGE_NUMBER = "changeNumber";

    public static final String REVISION_REQUESTED = "change.RevisionRequested";
    public static final String CHANGE_HELD = "change.ChangeHeld";
    public static final String CHANGE_RESUMED = "change.ChangeResumed";
    public static final String CHANGE_CANCELED = "change.ChangeCanceled";

    static final String ACTIVITY = "Activity_";

    public static final String REVIEW_TECHNICALLY = "ReviewTechnically";
    public static final String APPROVE_CHANGE = "ApproveChange";
    public static final String REVISE_CHANGE = "ReviseChange";
    public static final String IMPLEMENT_CHANGE = "ImplementChange";
    public static final String REVIEW_CHANGE = "ReviewChange";

    public static final String RUN_ROLLOUT = "Activity_RunRollout";

    private ChangeModel() {}
}
