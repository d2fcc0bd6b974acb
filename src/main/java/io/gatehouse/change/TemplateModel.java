package io.gatehouse.change;

/** The names that {@code StandardTemplateLifecycle.bpmn} shares with the code. */
public final class TemplateModel {

    static final String PROCESS = "StandardTemplateLifecycle";

    /** The one variable it starts with: the number of the version, also its business key. */
    static final String NUMBER = "templateNumber";

    static final String SUSPENDED = "change.TemplateSuspended";
    static final String ENDED = "change.TemplateEnded";

    public static final String REVIEW = "ReviewTemplate";
    public static final String DECIDE = "DecideOnSuspendedTemplate";

    static final String REVIEW_ACTIVITY = "Activity_ReviewTemplate";
    static final String DECIDE_ACTIVITY = "Activity_DecideOnSuspendedTemplate";
    static final String IN_FORCE = "Gateway_HowLong";

    private TemplateModel() {}
}
