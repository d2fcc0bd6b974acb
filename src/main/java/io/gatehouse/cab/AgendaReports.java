package io.gatehouse.cab;

import java.util.List;

/** What a board is told of beside what it decides: emergency changes since the last meeting. */
public interface AgendaReports {

    /** The numbers of changes of which no board was told yet and this one is to be. */
    List<String> unreported(Board board);

    /** Notes that a meeting of a board was told of one. */
    void reported(Board board, String change, String meeting);
}
