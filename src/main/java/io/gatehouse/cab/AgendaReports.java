package io.gatehouse.cab;

import java.util.List;

/** What a board is told of beside what it decides: emergency changes since the last meeting. */
public interface AgendaReports {

    /** The numbers of changes of which no board was told yet. */
    List<String> unreported();

    /** Notes that a meeting was told of one. */
    void reported(String change, String meeting);
}
