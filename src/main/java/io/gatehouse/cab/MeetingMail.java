package io.gatehouse.cab;

import java.util.Optional;
import java.util.stream.Stream;

/** What a mail about a meeting tells. */
enum MeetingMail {
    AGENDA,
    MINUTES;

    private static final String OURS = "cab.";

    /** What the outbox calls it. */
    String kind() {
        return OURS + name();
    }

    static Optional<MeetingMail> find(String kind) {
        return Stream.of(values()).filter(mail -> mail.kind().equals(kind)).findFirst();
    }
}
