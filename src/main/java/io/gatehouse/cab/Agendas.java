package io.gatehouse.cab;

import static java.util.stream.Collectors.toMap;

import io.gatehouse.access.CurrentPerson;
import io.gatehouse.access.Permissions;
import io.gatehouse.access.Person;
import io.gatehouse.api.Precondition;
import io.gatehouse.api.ProblemException;
import io.gatehouse.cab.Meeting.State;
import io.gatehouse.change.ChangeList;
import io.gatehouse.change.ChangeSummary;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What meetings go through: built from the filter until the chair opens the meeting, by people then. */
@Service
@Transactional
public class Agendas {

    private static final String ARRANGE = "PUT /api/v1/meetings/{number}/agenda";
    private static final String DEFER = "POST /api/v1/meetings/{number}/deferrals";

    private final Meetings meetings;
    private final MeetingRows rows;
    private final Boards boards;
    private final Agenda agenda;
    private final ChangeList changes;
    private final Permissions permissions;
    private final CurrentPerson currentPerson;

    Agendas(
            Meetings meetings,
            MeetingRows rows,
            Boards boards,
            Agenda agenda,
            ChangeList changes,
            Permissions permissions,
            CurrentPerson currentPerson) {
        this.meetings = meetings;
        this.rows = rows;
        this.boards = boards;
        this.agenda = agenda;
        this.changes = changes;
        this.permissions = permissions;
        this.currentPerson = currentPerson;
    }

    /**
     * A line of an agenda as somebody arranges it.
     *
     * @param minutes how long it is meant to take; as it was, or as long as the board takes, if absent
     */
    public record Line(String change, @Nullable Integer minutes) {}

    /** Builds the agenda anew, if the meeting has not begun; writes nothing if it stays as it is. */
    public void refresh(String number) {
        Meeting meeting = meetings.lock(number);
        if (meeting.state() == State.PLANNED) {
            List<AgendaItem> refreshed = agenda.refreshed(boards.get(meeting.board()), meeting.agenda());
            if (!refreshed.equals(meeting.agenda())) {
                rows.agenda(meeting, refreshed);
                meetings.record("cab.AgendaRefreshed", number, Map.of("items", refreshed.size()));
            }
        }
    }

    /**
     * The same, and notes from which state of the trail.
     *
     * @param entry the newest entry, read before anything else is
     */
    void refresh(String number, long entry) {
        refresh(number);
        rows.agendaAsOf(meetings.lock(number), entry);
    }

    /** Puts the agenda in an order. What is named and was not on it is added, what is not named is taken off. */
    public Meeting arrange(String number, List<Line> lines, Precondition precondition) {
        Person person = admitted(ARRANGE);
        Meeting meeting = meetings.lock(number);
        precondition.check(meeting.version());
        meeting.requireState(State.PLANNED, State.OPEN);
        Board board = boards.get(meeting.board());
        Map<String, AgendaItem> before =
                meeting.agenda().stream().collect(toMap(AgendaItem::change, item -> item, (one, same) -> one));
        Map<String, ChangeSummary> known = known(lines);
        List<AgendaItem> arranged = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            Line line = lines.get(i);
            AgendaItem item = before.get(line.change());
            if (item == null) {
                item = AgendaItem.of(
                        line.change(),
                        AgendaItem.Kind.DECISION,
                        AgendaItem.Origin.PERSON,
                        board.minutesPerItem(),
                        person.id());
            } else if (!item.isListed() && item.state() != AgendaItem.State.REMOVED) {
                throw ProblemException.invalid("items[" + i + "].change", "is dealt with already");
            }
            arranged.add(item.at(i + 1, line.minutes() == null ? item.minutes() : line.minutes())
                    .about(known.get(line.change())));
        }
        Set<String> named = known.keySet();
        before.values().stream()
                .filter(item -> !named.contains(item.change()))
                .map(item -> item.isListed() ? item.now(AgendaItem.State.REMOVED, null, null) : item)
                .forEach(arranged::add);
        rows.agenda(meeting, arranged);
        meetings.record(
                "cab.AgendaArranged",
                number,
                Map.of("items", lines.stream().map(Line::change).toList()));
        return meetings.find(number);
    }

    private Map<String, ChangeSummary> known(List<Line> lines) {
        Set<String> numbers = new HashSet<>();
        for (int i = 0; i < lines.size(); i++) {
            if (!numbers.add(lines.get(i).change())) {
                throw ProblemException.invalid("items[" + i + "].change", "must be named once");
            }
        }
        Map<String, ChangeSummary> known = new TreeMap<>();
        changes.named(numbers).forEach(change -> known.put(change.number(), change));
        for (int i = 0; i < lines.size(); i++) {
            if (!known.containsKey(lines.get(i).change())) {
                throw ProblemException.invalid("items[" + i + "].change", "must be the number of a change");
            }
        }
        return known;
    }

    /** Puts something off to the next meeting. */
    public Meeting defer(String number, String change, String because) {
        admitted(DEFER);
        boards.lock(meetings.find(number).board());
        Meeting meeting = meetings.lock(number);
        meeting.requireState(State.PLANNED, State.OPEN);
        AgendaItem item = meeting.listed(change);
        rows.agenda(meeting, replaced(meeting, item.now(AgendaItem.State.DEFERRED, because, null)));
        putOff(meeting, List.of(change));
        return meetings.find(number);
    }

    /** Has the next meeting look at these, which this one did not get to. */
    void putOff(Meeting meeting, List<String> deferred) {
        if (deferred.isEmpty()) {
            return;
        }
        String next = meetings.nextAfter(meeting.board(), meeting.startsAt()).orElse("");
        meetings.record("cab.ItemsDeferred", meeting.number(), Map.of("changes", deferred, "to", next));
        if (!next.isEmpty()) {
            Meeting later = meetings.lock(next);
            int minutes = boards.get(meeting.board()).minutesPerItem();
            List<AgendaItem> items = new ArrayList<>(later.agenda().stream()
                    .filter(item -> !deferred.contains(item.change()))
                    .toList());
            deferred.forEach(change -> items.add(
                    AgendaItem.of(change, AgendaItem.Kind.DECISION, AgendaItem.Origin.DEFERRED, minutes, null)));
            rows.agenda(later, items);
            meetings.record("cab.ItemsTakenOver", next, Map.of("changes", deferred, "from", meeting.number()));
        }
    }

    static List<AgendaItem> replaced(Meeting meeting, AgendaItem changed) {
        return meeting.agenda().stream()
                .map(item -> item.change().equals(changed.change()) ? changed : item)
                .toList();
    }

    private Person admitted(String operation) {
        Person person = currentPerson.find().orElse(null);
        permissions.require(operation, person);
        return Objects.requireNonNull(person);
    }
}
