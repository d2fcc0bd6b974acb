package io.gatehouse.cab;

import io.gatehouse.access.CurrentPerson;
import io.gatehouse.access.Permissions;
import io.gatehouse.access.Person;
import io.gatehouse.api.Precondition;
import io.gatehouse.api.ProblemException;
import io.gatehouse.cab.AgendaItem.Kind;
import io.gatehouse.cab.Meeting.State;
import io.gatehouse.change.ChangeList;
import io.gatehouse.change.ChangeState;
import io.gatehouse.change.ChangeSummary;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What happens in a meeting: it is opened, people are there, it is closed with what was decided by then. */
@Service
@Transactional
public class Proceedings {

    private static final String ATTENDANCE = "PUT /api/v1/meetings/{number}/attendance";

    private final Meetings meetings;
    private final Agendas agendas;
    private final MeetingRows rows;
    private final Boards boards;
    private final List<ItemDecisions> decisions;
    private final List<AgendaReports> reports;
    private final ChangeList changes;
    private final Permissions permissions;
    private final CurrentPerson currentPerson;

    Proceedings(
            Meetings meetings,
            Agendas agendas,
            MeetingRows rows,
            Boards boards,
            List<ItemDecisions> decisions,
            List<AgendaReports> reports,
            ChangeList changes,
            Permissions permissions,
            CurrentPerson currentPerson) {
        this.meetings = meetings;
        this.agendas = agendas;
        this.rows = rows;
        this.boards = boards;
        this.decisions = decisions;
        this.reports = reports;
        this.changes = changes;
        this.permissions = permissions;
        this.currentPerson = currentPerson;
    }

    /** Begins it: the agenda is built for the last time, and whoever opens it is there. */
    public void open(String number, Person person) {
        Board board = boards.lock(meetings.find(number).board());
        agendas.refresh(number);
        Meeting meeting = meetings.lock(number);
        meeting.requireState(State.PLANNED);
        Instant now = meetings.now();
        rows.opened(meeting, person.id(), now);
        rows.attendance(meeting, present(board, Set.of(person.id()), person.id(), now));
        tellOfReports(board, meeting);
        meetings.record(
                "cab.MeetingOpened", number, Map.of("items", meeting.items().size()));
    }

    private void tellOfReports(Board board, Meeting meeting) {
        List<AgendaItem> told = new ArrayList<>();
        for (AgendaItem item : meeting.agenda()) {
            boolean isReport = item.kind() == Kind.REPORT && item.isListed();
            if (isReport) {
                reports.forEach(report -> report.reported(board, item.change(), meeting.number()));
            }
            told.add(isReport ? item.now(AgendaItem.State.REPORTED, null, null) : item);
        }
        rows.agenda(meeting, told);
    }

    /** Says who is there, in place of what was said before. */
    public Meeting attend(String number, Set<String> persons, Precondition precondition) {
        Person caller = currentPerson.find().orElse(null);
        permissions.require(ATTENDANCE, caller);
        Meeting meeting = meetings.lock(number);
        precondition.check(meeting.version());
        meeting.requireState(State.OPEN);
        note(meeting, "present", persons, Objects.requireNonNull(caller).id());
        return meetings.find(number);
    }

    /** Likewise on behalf of whoever closes it; writes nothing if that is what was noted. */
    public void attended(String number, Person person, Set<String> persons) {
        boards.lock(meetings.find(number).board());
        Meeting meeting = meetings.lock(number);
        meeting.requireState(State.OPEN);
        if (!persons.equals(meeting.attendance().stream().map(Attendee::person).collect(Collectors.toSet()))) {
            note(meeting, "attendance", persons, person.id());
        }
    }

    private void note(Meeting meeting, String field, Set<String> persons, String notedBy) {
        Board board = boards.get(meeting.board());
        List<String> others =
                persons.stream().filter(person -> !board.knows(person)).sorted().toList();
        if (!others.isEmpty()) {
            throw ProblemException.invalid(
                    field,
                    "must be members or delegates of the board " + board.key() + ", not " + String.join(", ", others));
        }
        rows.attendance(meeting, present(board, persons, notedBy, meetings.now()));
        meetings.record(
                "cab.AttendanceNoted",
                meeting.number(),
                Map.of("people", persons.stream().sorted().toList()));
    }

    /** Each on the seat of which they are a member or a delegate. Who is of none, as somebody who stood in for the chair, is not. */
    private static List<Attendee> present(Board board, Set<String> persons, String notedBy, Instant at) {
        Map<String, String> seats = new TreeMap<>();
        board.standIns().forEach(one -> seats.putIfAbsent(one.person(), one.seat()));
        board.seats().forEach(one -> seats.put(one.person(), one.seat()));
        return persons.stream()
                .filter(seats::containsKey)
                .map(person -> new Attendee(person, Objects.requireNonNull(seats.get(person)), notedBy, at))
                .toList();
    }

    /** Ends it. What the board has not decided by now is put off to the next meeting. */
    public void close(String number, Person person, String remarks) {
        boards.lock(meetings.find(number).board());
        Meeting meeting = meetings.lock(number);
        meeting.requireState(State.OPEN);
        Map<String, ChangeSummary> known = new TreeMap<>();
        changes.named(meeting.agenda().stream().map(AgendaItem::change).toList())
                .forEach(change -> known.put(change.number(), change));
        List<AgendaItem> ended = meeting.agenda().stream()
                .map(item -> item.isListed() ? ended(meeting, item, known.get(item.change())) : item)
                .toList();
        rows.agenda(meeting, ended);
        rows.closed(meeting, person.id(), meetings.now(), remarks);
        meetings.record(
                "cab.MeetingClosed",
                number,
                Map.of("decided", count(ended, AgendaItem.State.DECIDED), "items", ended.size()));
        List<String> reached = meeting.items().stream()
                .filter(AgendaItem::isListed)
                .map(AgendaItem::change)
                .toList();
        agendas.putOff(
                meeting,
                ended.stream()
                        .filter(item -> item.state() == AgendaItem.State.DEFERRED && reached.contains(item.change()))
                        .map(AgendaItem::change)
                        .toList());
    }

    private AgendaItem ended(
            Meeting meeting, AgendaItem item, @org.jspecify.annotations.Nullable ChangeSummary change) {
        String outcome = decisions.stream()
                .flatMap(one -> one.of(meeting.board(), item.change(), meeting.openedAt()).stream())
                .map(ItemDecisions.ItemDecision::outcome)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        if (outcome != null) {
            return item.now(AgendaItem.State.DECIDED, null, outcome);
        }
        if (change == null || change.state() == ChangeState.CLOSED || change.state() == ChangeState.CANCELED) {
            return item.now(AgendaItem.State.SETTLED, null, null);
        }
        return item.now(AgendaItem.State.DEFERRED, "Not decided in the meeting", null);
    }

    private static long count(List<AgendaItem> items, AgendaItem.State state) {
        return items.stream().filter(item -> item.state() == state).count();
    }
}
