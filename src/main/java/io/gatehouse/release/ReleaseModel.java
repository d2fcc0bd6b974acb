package io.gatehouse.release;

/** The names that {@code Release.bpmn}, {@code GoNoGo.bpmn} and {@code GoCondition.bpmn} share with the code. */
public final class ReleaseModel {

    static final String PROCESS = "Release";

    /** The one variable it starts with: the number, also its business key. */
    static final String NUMBER = "releaseNumber";

    /** The change that carries a release is closed or canceled. */
    static final String CHANGE_OVER = "release.ProductionChangeOver";

    static final String CONDITION_PROCESS = "GoCondition";

    /** The one variable that the process of a condition starts with: its number, also its business key. */
    static final String CONDITION_NUMBER = "conditionNumber";

    /** Every condition of a conditional go is met, or one has lapsed. */
    static final String CONDITIONS_SETTLED = "release.ConditionsSettled";

    /** Nobody wants a condition any more. */
    static final String CONDITION_DROPPED = "release.ConditionDropped";

    static final String DECIDES = "Activity_DecideGoOrNoGo";
    static final String RAISES_CHANGE = "Activity_RaiseProductionChange";
    static final String WAITS_FOR_CHANGE = "Event_ProductionChangeOver";

    public static final String CONFIRM_PACKAGE = "ConfirmPackage";
    public static final String VOTE = "VoteGoOrNoGo";
    public static final String MEET_CONDITION = "MeetCondition";

    private ReleaseModel() {}
}
