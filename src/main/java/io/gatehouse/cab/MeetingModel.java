package io.gatehouse.cab;

/** The names that {@code CabMeeting.bpmn} shares with the code. */
public final class MeetingModel {

    static final String PROCESS = "CabMeeting";

    /** The one variable the process starts with: the number, also its business key. */
    static final String NUMBER = "meetingNumber";

    static final String CANCELED = "cab.MeetingCanceled";

    static final String CLOSE_ACTIVITY = "Activity_CloseMeeting";

    public static final String OPEN = "OpenMeeting";
    public static final String CLOSE = "CloseMeeting";

    private MeetingModel() {}
}
