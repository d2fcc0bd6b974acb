package io.gatehouse.release;

/** The names that {@code Release.bpmn} shares with the code. */
public final class ReleaseModel {

    static final String PROCESS = "Release";

    /** The one variable it starts with: the number, also its business key. */
    static final String NUMBER = "releaseNumber";

    /** The change that carries a release is closed or canceled. */
    static final String CHANGE_OVER = "release.ProductionChangeOver";

    static final String WAITS_FOR_CHANGE = "Event_ProductionChangeOver";

    public static final String CONFIRM_PACKAGE = "ConfirmPackage";

    private ReleaseModel() {}
}
