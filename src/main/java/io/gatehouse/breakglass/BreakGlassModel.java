package io.gatehouse.breakglass;

/** The names that {@code BreakGlass.bpmn} shares with the code. */
public final class BreakGlassModel {

    static final String PROCESS = "BreakGlass";

    /** The one variable the process starts with: the number, also its business key. */
    static final String NUMBER = "breakGlassNumber";

    static final String OVER = "breakglass.BreakGlassOver";

    static final String REVIEW_ACTIVITY = "Activity_ReviewBreakGlass";

    public static final String GRANT = "GrantBreakGlass";
    public static final String REVIEW = "ReviewBreakGlass";

    private BreakGlassModel() {}
}
