package io.gatehouse.change;

import io.gatehouse.access.Person;
import io.gatehouse.tool.Tools;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Says, each time before a tool is called, whether a change may still be put into production. Everything is read at that
 * moment from our own tables: what the engine's variables say and where its token stands gains nobody anything. Two
 * statements, whatever the size and age of the change; one more for each tool that wrote in it, and one for a board.
 */
@Component
public class Clearance {

    private final ClearanceRows rows;
    private final List<Embargo> embargoes;
    private final Tools tools;
    private final Clock clock;
    private final VotingBoards boards;

    Clearance(ClearanceRows rows, List<Embargo> embargoes, Tools tools, Clock clock, VotingBoards boards) {
        this.rows = rows;
        this.clock = clock;
        this.embargoes = embargoes;
        this.tools = tools;
        this.boards = boards;
    }

    /**
     * What was found.
     *
     * @param objection why not, if so
     * @param environment where it is put, of the same moment as all that was looked at
     * @param artifacts what it brings, of that moment too
     */
    public record Finding(@Nullable Objection objection, String environment, List<Artifact> artifacts) {}

    /**
     * Looks at everything that a change must have now.
     *
     * @param plan the fingerprint of the plan that is about to run; absent if there is none
     */
    public Finding look(String changeNumber, @Nullable String plan) {
        ClearanceRows.Facts facts = rows.read(changeNumber);
        return new Finding(
                state(changeNumber, facts)
                        .or(() -> approval(changeNumber, facts))
                        .or(() -> scope(changeNumber, facts, plan))
                        .or(() -> embargo(changeNumber, facts))
                        .orElse(null),
                facts.environment(),
                facts.artifacts());
    }

    private static Optional<Objection> state(String number, ClearanceRows.Facts facts) {
        if (facts.state() != ChangeState.IMPLEMENT) {
            return object(Objection.Reason.NOT_IN_IMPLEMENTATION, number + " is " + facts.state() + ", not IMPLEMENT.");
        }
        return facts.onHold() ? object(Objection.Reason.ON_HOLD, number + " is on hold.") : Optional.empty();
    }

    private Optional<Objection> approval(String number, ClearanceRows.Facts facts) {
        if (facts.type() == ChangeType.STANDARD) {
            return facts.templateActive()
                    ? Optional.empty()
                    : object(Objection.Reason.NOT_APPROVED, "The template of " + number + " is no longer active.");
        }
        if (facts.type() == ChangeType.EMERGENCY) {
            return emergency(number, facts);
        }
        boolean approved =
                !facts.seats().isEmpty() && facts.seats().stream().allMatch(seat -> counts(number, facts, seat));
        return approved
                ? Optional.empty()
                : object(Objection.Reason.NOT_APPROVED, number + " is not approved by every seat that has to.");
    }

    /** One that was begun before it was approved goes on until a seat rejects it or the time for that is over. */
    private Optional<Objection> emergency(String number, ClearanceRows.Facts facts) {
        ClearanceRows.Board board = facts.board();
        if (board == null) {
            return object(Objection.Reason.NOT_APPROVED, "Nobody was asked to approve " + number + ".");
        }
        boolean rejected = facts.seats().stream().anyMatch(seat -> seat.decision() == Approval.Decision.REJECTED);
        long approvals = facts.seats().stream()
                .filter(seat -> counts(number, facts, seat))
                .count();
        if (!rejected && approvals >= board.needed()) {
            return Optional.empty();
        }
        if (board.approveBy() == null) {
            return object(Objection.Reason.NOT_APPROVED, number + " is not approved by as many seats as have to.");
        }
        boolean open = !rejected && !board.unauthorised() && clock.instant().isBefore(board.approveBy());
        return open
                ? Optional.empty()
                : object(
                        Objection.Reason.NOT_APPROVED_AFTERWARDS,
                        number + " was begun before it was approved, and it was "
                                + (rejected ? "rejected then." : "not approved until " + board.approveBy() + "."));
    }

    private boolean counts(String number, ClearanceRows.Facts facts, ClearanceRows.Seat seat) {
        if (!seat.approved()) {
            return false;
        }
        return Approvals.boardOf(seat.seat())
                .map(board -> boards.objection(
                                new VotingBoards.Vote(number, facts.round(), board, facts.submitted()),
                                person -> isConflicted(facts, person))
                        .isEmpty())
                // A seat that is filled without a person is filled by nobody.
                .orElseGet(() -> seat.person() != null && !isConflicted(facts, seat.person()));
    }

    private boolean isConflicted(ClearanceRows.Facts facts, String person) {
        return wrote(facts, person) || facts.rulers().contains(person);
    }

    private boolean wrote(ClearanceRows.Facts facts, String person) {
        return facts.authors().contains(person)
                || facts.authors().stream().filter(Person::isTool).anyMatch(tool -> tools.answeringFor(tool)
                        .contains(person));
    }

    /** A change that was submitted before this was kept has no digest; it is revised and submitted again to run. */
    private static Optional<Objection> scope(String number, ClearanceRows.Facts facts, @Nullable String plan) {
        String present = facts.scope(plan).fingerprint();
        boolean asApproved = present.equals(facts.submitted())
                && facts.seats().stream()
                        .filter(seat -> facts.type() != ChangeType.EMERGENCY || seat.approved())
                        .allMatch(seat -> present.equals(seat.scope()));
        return asApproved
                ? Optional.empty()
                : object(
                        Objection.Reason.ALTERED,
                        "What is about to run is not what was approved: the scope of " + number
                                + " or its rollout plan was altered since.");
    }

    private Optional<Objection> embargo(String number, ClearanceRows.Facts facts) {
        Set<String> services = facts.scope(null).services();
        return embargoes.stream()
                .flatMap(embargo -> embargo.on(number, facts.environment(), services).stream())
                .findFirst()
                .flatMap(sentence -> object(Objection.Reason.FROZEN, sentence));
    }

    private static Optional<Objection> object(Objection.Reason reason, String sentence) {
        return Optional.of(new Objection(reason, sentence));
    }
}
