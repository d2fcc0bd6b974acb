package io.gatehouse.change;

import io.gatehouse.access.Person;
import io.gatehouse.api.ProblemException;
import io.gatehouse.audit.AuditTrail;
import io.gatehouse.audit.Fingerprint;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Who approved a change: one row per seat and round. A decision counts because it is here, never because a process
 * variable says so, and the unique keys of the table are the last word on one seat per person.
 */
@Service
@Transactional
public class Approvals {

    private final JdbcClient jdbc;
    private final JdbcTemplate batches;
    private final Duties duties;
    private final AuditTrail audit;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Approvals(
            JdbcClient jdbc,
            JdbcTemplate batches,
            Duties duties,
            AuditTrail audit,
            ApplicationEventPublisher events,
            Clock clock) {
        this.jdbc = jdbc;
        this.batches = batches;
        this.duties = duties;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
    }

    /** What stands before the key of a board where a whole board has a seat. */
    private static final String BOARD = "board:";

    static String seatOf(String board) {
        return BOARD + board;
    }

    /** The board that has a seat; empty if a role has it. */
    static Optional<String> boardOf(String seat) {
        return seat.startsWith(BOARD) ? Optional.of(seat.substring(BOARD.length())) : Optional.empty();
    }

    /** Asks these seats to approve the change in its present round. */
    void ask(Change change, Collection<String> seats) {
        batches.batchUpdate(
                "insert into change_approval (change_id, round, seat, decision) values (?, ?, ?, 'PENDING')",
                seats.stream()
                        .map(seat -> new Object[] {change.id(), change.approvalRound(), seat})
                        .toList());
        LockedChanges.replaceApprovals(change.id(), before -> Stream.concat(
                        before.stream(), seats.stream().map(seat -> Approval.pending(change.approvalRound(), seat)))
                .toList());
        audit.record(
                "change.SeatsAsked",
                change.number(),
                Map.of("round", change.approvalRound(), "seats", List.copyOf(new TreeSet<>(seats))));
    }

    /**
     * Refuses whoever must not fill a seat of this change: its requester and everybody else who wrote something of it
     * or answers for a tool that did, whoever had a hand in the policy that decides about it, and whoever has filled
     * another seat of the same round. (Segregation of duties: nobody authorises their own change or by their own rule,
     * nobody counts twice.)
     */
    public void admit(Change change, Person person) {
        change.requireNotOnHold();
        if (person.isTool()) {
            throw refused("A tool approves nothing.");
        }
        if (duties.wrote(change, person.id())) {
            throw refused("You raised " + change.number() + ", wrote in it or answer for a tool that did, so somebody"
                    + " else has to approve it.");
        }
        if (duties.ruled(change, person)) {
            throw refused("You proposed or let in a version of a policy table that decides about " + change.number()
                    + ", so somebody else has to approve it.");
        }
        of(change).stream()
                .filter(approval -> person.id().equals(approval.person()))
                .findFirst()
                .ifPresent(taken -> {
                    throw refused("You already decided on " + change.number() + " as " + taken.seat()
                            + "; a person fills one seat.");
                });
    }

    /**
     * Records that somebody looked at a change because its seat waits for them: once for each person, seat and round,
     * however often they look.
     */
    public void viewed(Change change, Person person) {
        of(change).stream()
                .filter(approval -> approval.decision() == Approval.Decision.PENDING)
                .forEach(approval -> {
                    if (boardOf(approval.seat()).isPresent()) {
                        events.publishEvent(new BoardChangeViewed(change, person));
                    } else if (person.isIn(approval.seat())) {
                        viewed(change, approval.seat());
                    }
                });
    }

    /** Records that the current person opened the form by which a seat is filled, once for each round. */
    public void viewed(Change change, String seat) {
        audit.recordOnce(
                "change.ApprovalViewed", change.number(), Map.of("seat", seat, "round", change.approvalRound()));
    }

    /** Fills a seat. Refuses a seat that nobody was asked for or that is filled, and whoever may not fill it. */
    void decide(Change change, String seat, Person person, boolean approved, String reason) {
        admit(change, person);
        fill(change, seat, person.id(), approved, reason);
    }

    /** Fills the seat of a board with what its vote came to. Nobody's name is in it: who voted what is with the votes. */
    void decideByVote(Change change, String board, boolean approved, String reason) {
        change.requireNotOnHold();
        fill(change, seatOf(board), null, approved, reason);
    }

    private void fill(Change change, String seat, @Nullable String person, boolean approved, String reason) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Approval.Decision decision = approved ? Approval.Decision.APPROVED : Approval.Decision.REJECTED;
        try {
            int rows = jdbc.sql(
                            """
                            update change_approval set decision = ?, person = ?, reason = ?, decided_at = ?,
                              scope_sha256 = ?
                            where change_id = ? and round = ? and seat = ? and decision = 'PENDING'""")
                    .params(
                            decision.name(),
                            person,
                            reason,
                            LocalDateTime.ofInstant(now, ZoneOffset.UTC),
                            change.scope(),
                            change.id(),
                            change.approvalRound(),
                            seat)
                    .update();
            if (rows != 1) {
                throw ProblemException.conflict(
                        "seat-not-open",
                        "Seat not open",
                        "The seat " + seat + " of " + change.number() + " is filled or was not asked for.");
            }
        } catch (DuplicateKeyException e) {
            throw refused("You already decided on " + change.number() + "; a person fills one seat.");
        }
        Approval filled = new Approval(change.approvalRound(), seat, decision, person, reason, now);
        LockedChanges.replaceApprovals(change.id(), before -> before.stream()
                .map(approval -> approval.isSameSeat(filled) ? filled : approval)
                .toList());
        audit.record(
                approved ? "change.Approved" : "change.Rejected",
                change.number(),
                Map.of(
                        "seat",
                        seat,
                        "round",
                        change.approvalRound(),
                        "row",
                        Fingerprint.of(
                                change.id(),
                                change.approvalRound(),
                                seat,
                                decision,
                                person,
                                reason,
                                now,
                                change.scope())));
    }

    /** The board that has a seat in the present round and has not decided, or else the one that decided last. */
    @Transactional(readOnly = true)
    public Optional<String> boardAsked(Change change) {
        List<Approval> boards = of(change).stream()
                .filter(approval -> boardOf(approval.seat()).isPresent())
                .sorted(Comparator.comparing((Approval approval) -> approval.decision() != Approval.Decision.PENDING))
                .toList();
        return boards.stream().findFirst().flatMap(approval -> boardOf(approval.seat()));
    }

    /** The seats of the present round, in the order in which they were asked. */
    @Transactional(readOnly = true)
    public List<Approval> of(Change change) {
        return rows(change).stream()
                .filter(approval -> approval.round() == change.approvalRound())
                .toList();
    }

    /** Every seat of every round, oldest first. */
    @Transactional(readOnly = true)
    public List<Approval> historyOf(Change change) {
        return rows(change);
    }

    private List<Approval> rows(Change change) {
        return LockedChanges.approvals(change.id(), () -> read(change));
    }

    private List<Approval> read(Change change) {
        return jdbc.sql(
                        """
                        select round, seat, decision, person, reason, decided_at from change_approval
                        where change_id = ? order by id""")
                .param(change.id())
                .query((row, i) -> approval(row))
                .list();
    }

    private static Approval approval(ResultSet row) throws SQLException {
        LocalDateTime decidedAt = row.getObject("decided_at", LocalDateTime.class);
        return new Approval(
                row.getInt("round"),
                row.getString("seat"),
                Approval.Decision.valueOf(row.getString("decision")),
                row.getString("person"),
                row.getString("reason"),
                decidedAt == null ? null : decidedAt.toInstant(ZoneOffset.UTC));
    }

    static ProblemException refused(String detail) {
        return ProblemException.forbidden("segregation-of-duties", "Segregation of duties", detail);
    }
}
