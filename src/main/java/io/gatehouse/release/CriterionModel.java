package io.gatehouse.release;

/** The names that {@code ReleaseCriterion.bpmn} shares with the code. */
public final class CriterionModel {

    static final String PROCESS = "ReleaseCriterion";

    /** The one variable it starts with: the number, also its business key. */
    static final String NUMBER = "criterionNumber";

    /** Nobody wants it any more. */
    static final String DROPPED = "release.CriterionDropped";

    public static final String CONFIRM = "ConfirmCriterion";

    private CriterionModel() {}
}
