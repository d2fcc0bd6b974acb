package io.gatehouse.cab.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.gatehouse.cab.AgendaItem;
import io.gatehouse.cab.Meeting;
import io.gatehouse.cab.SentMail;
import io.gatehouse.change.Risk;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A meeting as the API shows it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record MeetingRepresentation(
        String number,
        String board,
        Instant startsAt,
        Instant endsAt,
        Meeting.State state,
        List<Item> agenda,
        int minutesPlanned,
        List<Present> present,
        @Nullable Instant announcedAt,
        @Nullable String openedBy,
        @Nullable Instant openedAt,
        @Nullable String closedBy,
        @Nullable Instant closedAt,
        @Nullable String canceledBy,
        @Nullable String canceledBecause,
        @Nullable String minutesSha256,
        @Nullable Boolean mailConfigured,
        @Nullable List<SentMail> mails) {

    /** Something the meeting looks at. */
    record Item(
            String change,
            AgendaItem.Kind kind,
            AgendaItem.Origin origin,
            AgendaItem.State state,
            int minutes,
            Instant plannedAt,
            @Nullable Instant changeStartsAt,
            @Nullable Risk risk,
            @Nullable String addedBy,
            @Nullable String because,
            @Nullable String outcome) {}

    /** Somebody who is or was there. */
    record Present(String person, String seat, String notedBy, Instant notedAt) {}

    static MeetingRepresentation line(Meeting meeting) {
        return of(meeting, null, null);
    }

    static MeetingRepresentation of(Meeting meeting, @Nullable Boolean mailConfigured, @Nullable List<SentMail> mails) {
        List<Item> items = new ArrayList<>();
        Instant at = meeting.openedAt() == null ? meeting.startsAt() : meeting.openedAt();
        int total = 0;
        for (AgendaItem item : meeting.items()) {
            items.add(item(item, at.plus(total, ChronoUnit.MINUTES)));
            total += item.minutes();
        }
        return new MeetingRepresentation(
                meeting.number(),
                meeting.board(),
                meeting.startsAt(),
                meeting.endsAt(),
                meeting.state(),
                items,
                total,
                meeting.attendance().stream()
                        .map(one -> new Present(one.person(), one.seat(), one.notedBy(), one.notedAt()))
                        .toList(),
                meeting.announcedAt(),
                meeting.openedBy(),
                meeting.openedAt(),
                meeting.closedBy(),
                meeting.closedAt(),
                meeting.canceledBy(),
                meeting.canceledBecause(),
                meeting.minutesSha256(),
                mailConfigured,
                mails);
    }

    private static Item item(AgendaItem item, Instant plannedAt) {
        return new Item(
                item.change(),
                item.kind(),
                item.origin(),
                item.state(),
                item.minutes(),
                plannedAt,
                item.changeStartsAt(),
                item.risk(),
                item.addedBy(),
                item.because(),
                item.outcome());
    }
}
