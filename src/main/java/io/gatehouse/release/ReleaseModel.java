package io.gatehouse.release;

/** The names that the models of releases share with the code. */
public final class ReleaseModel {

    static final String PROCESS = "Release";

    /** The one variable it starts with: the number, also its business key. */
    static final String NUMBER = "releaseNumber";

    /** The change that carries a release is closed or canceled. */
    static final String CHANGE_OVER = "release.ProductionChangeOver";

    /** The change that deploys a release to the environment of its stage is closed or canceled. */
    static final String STAGE_CHANGE_OVER = "release.StageChangeOver";

    /** The change that tries out the way back of a release in its stage is closed or canceled. */
    static final String REHEARSAL_OVER = "release.RehearsalOver";

    /** Something that kept a release from entering a stage may have gone. */
    static final String STAGE_MAY_BE_ENTERED = "release.StageMayBeEntered";

    /** Something that kept a release out of production may have gone. */
    static final String PRODUCTION_MAY_BE_ENTERED = "release.ProductionMayBeEntered";

    /** A release gives up its place in the line, so it waits no longer. */
    static final String WITHDRAWN = "release.Withdrawn";

    static final String SCOPE_CHANGE_PROCESS = "ScopeChange";

    /** The one variable that the process of a scope change starts with: its number, also its business key. */
    static final String SCOPE_CHANGE_NUMBER = "scopeNumber";

    /** A release has got another package, so whatever it is in the middle of is worth nothing any more. */
    static final String SCOPE_CHANGED = "release.ScopeChanged";

    /** Whoever asked for another package wants it no longer. */
    static final String SCOPE_CHANGE_WITHDRAWN = "release.ScopeChangeWithdrawn";

    static final String CONDITION_PROCESS = "GoCondition";

    /** The one variable that the process of a condition starts with: its number, also its business key. */
    static final String CONDITION_NUMBER = "conditionNumber";

    /** Every condition of a conditional go is met, or one has lapsed. */
    static final String CONDITIONS_SETTLED = "release.ConditionsSettled";

    /** Nobody wants a condition any more. */
    static final String CONDITION_DROPPED = "release.ConditionDropped";

    static final String TESTS = "Gateway_StageLeft";
    static final String DECIDES = "Activity_DecideGoOrNoGo";
    static final String ENTERS_PRODUCTION = "Activity_EnterProduction";
    static final String RAISES_CHANGE = "Activity_RaiseProductionChange";
    static final String WAITS_FOR_CHANGE = "Event_ProductionChangeOver";

    public static final String CONFIRM_PACKAGE = "ConfirmPackage";
    public static final String RECORD_TEST_RESULT = "RecordTestResult";
    public static final String APPROVE_SCOPE_CHANGE = "ApproveScopeChange";
    public static final String SIGN_OFF_STAGE = "SignOffStage";
    public static final String VOTE = "VoteGoOrNoGo";
    public static final String MEET_CONDITION = "MeetCondition";

    private ReleaseModel() {}
}
