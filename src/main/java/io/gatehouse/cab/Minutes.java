package io.gatehouse.cab;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.gatehouse.api.ProblemException;
import io.gatehouse.audit.Fingerprint;
import io.gatehouse.cab.Meeting.State;
import io.gatehouse.change.ChangeList;
import io.gatehouse.change.ChangeSummary;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Writes the minutes of meetings, each once. */
@Service
@Transactional
public class Minutes {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
            .build();

    private final Meetings meetings;
    private final MeetingRows rows;
    private final Boards boards;
    private final List<ItemDecisions> decisions;
    private final ChangeList changes;

    Minutes(Meetings meetings, MeetingRows rows, Boards boards, List<ItemDecisions> decisions, ChangeList changes) {
        this.meetings = meetings;
        this.rows = rows;
        this.boards = boards;
        this.decisions = decisions;
        this.changes = changes;
    }

    /** Writes them from what happened, and their digest into the trail. */
    public void write(String number) {
        Meeting meeting = meetings.lock(number);
        meeting.requireState(State.CLOSED);
        if (meeting.minutes() == null) {
            MinutesDocument document = document(meeting, boards.get(meeting.board()));
            String json = json(document.with(MinutesText.of(document)));
            String sha256 = Fingerprint.ofText(json);
            rows.minutes(meeting, json, sha256);
            meetings.record("cab.MinutesWritten", number, Map.of("sha256", sha256));
        }
    }

    /**
     * The JSON document.
     *
     * @throws ProblemException conflict as long as there is none
     */
    @Transactional(readOnly = true)
    public String of(String number) {
        return Optional.ofNullable(meetings.find(number).minutes())
                .orElseThrow(() -> ProblemException.conflict(
                        "no-minutes",
                        "No minutes yet",
                        "The minutes of " + number + " are written when it is closed."));
    }

    /** For people, as Markdown. */
    String textOf(String number) {
        return String.valueOf(read(number).get("text"));
    }

    /**
     * The same document by its fields.
     *
     * @throws ProblemException conflict as long as there is none
     */
    @Transactional(readOnly = true)
    public Map<String, Object> read(String number) {
        try {
            return JSON.readValue(of(number), new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The minutes of " + number + " are no JSON", e);
        }
    }

    private MinutesDocument document(Meeting meeting, Board board) {
        Set<String> seats = meeting.attendance().stream().map(Attendee::seat).collect(Collectors.toSet());
        Quorum quorum = board.quorum();
        return new MinutesDocument(
                meeting.number(),
                board.key(),
                board.name(),
                board.zone().getId(),
                meeting.startsAt(),
                meeting.endsAt(),
                meeting.openedAt(),
                meeting.openedBy(),
                meeting.closedAt(),
                meeting.closedBy(),
                meeting.attendance().stream()
                        .map(one -> new MinutesDocument.Present(one.seat(), one.person()))
                        .toList(),
                board.seats().stream()
                        .filter(one -> !seats.contains(one.seat()))
                        .map(one -> new MinutesDocument.Present(one.seat(), one.person()))
                        .toList(),
                quorum.count(),
                List.copyOf(quorum.seats()),
                quorum.isReachedBy(seats),
                items(meeting),
                meeting.remarks(),
                "");
    }

    private List<MinutesDocument.Item> items(Meeting meeting) {
        Map<String, ChangeSummary> known = new HashMap<>();
        changes.named(meeting.agenda().stream().map(AgendaItem::change).toList())
                .forEach(change -> known.put(change.number(), change));
        return meeting.items().stream()
                .map(item -> item(meeting, item, titleOf(known.get(item.change()))))
                .toList();
    }

    private static String titleOf(@org.jspecify.annotations.Nullable ChangeSummary change) {
        return change == null ? "" : change.title();
    }

    private MinutesDocument.Item item(Meeting meeting, AgendaItem item, String title) {
        Optional<ItemDecisions.ItemDecision> decided = decisions.stream()
                .flatMap(one -> one.of(meeting.board(), item.change(), meeting.openedAt()).stream())
                .findFirst();
        return new MinutesDocument.Item(
                item.change(),
                title,
                item.kind(),
                item.state(),
                item.risk() == null ? null : item.risk().name(),
                item.outcome(),
                item.because(),
                decided.map(ItemDecisions.ItemDecision::votes).orElse(List.of()),
                decided.map(ItemDecisions.ItemDecision::conditions).orElse(List.of()));
    }

    private static String json(MinutesDocument document) {
        try {
            return Objects.requireNonNull(JSON.writeValueAsString(document));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Minutes must be plain values", e);
        }
    }
}
