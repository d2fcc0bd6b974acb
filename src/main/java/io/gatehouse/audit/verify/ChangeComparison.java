package io.gatehouse.audit.verify;

import io.gatehouse.audit.verify.Difference.Kind;
import io.gatehouse.audit.verify.StoredChange.Seat;
import io.gatehouse.audit.verify.StoredChange.Vote;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Compares one change in the tables with the same change in the trail. */
final class ChangeComparison {

    private final String number;
    private final StoredChange stored;
    private final TrailedChange trailed;
    private final List<Difference> found = new ArrayList<>();

    private ChangeComparison(String number, StoredChange stored, TrailedChange trailed) {
        this.number = number;
        this.stored = stored;
        this.trailed = trailed;
    }

    static List<Difference> of(String number, StoredChange stored, TrailedChange trailed) {
        ChangeComparison comparison = new ChangeComparison(number, stored, trailed);
        comparison.run();
        return comparison.found;
    }

    private void run() {
        if (!stored.exists() || !trailed.isRaised()) {
            existence();
            return;
        }
        row();
        if (trailed.details() != null && !trailed.details().equals(stored.details())) {
            add(Kind.SCOPE, "Its services, versions or links are not those that were written down last.");
        }
        if (trailed.teams() != null && !trailed.teams().equals(stored.teams())) {
            add(Kind.DUTY, "The teams whose change it is are not those that were written down last.");
        }
        plan();
        if (!trailed.duties().equals(stored.duties())) {
            add(Kind.DUTY, "Who had a part in it is not as it was written down.");
        } else if (stored.dutiesShared() == stored.duties().isEmpty()) {
            add(Kind.DUTY, "Its row does not say that others had a part in it, or says so of nobody.");
        }
        stored.votes().forEach(this::vote);
        trailed.decisions().forEach((seat, decision) -> {
            if (!stored.votes().containsKey(seat)) {
                add(Kind.APPROVAL_DELETED, "The decision of entry " + decision.entry() + " on " + seat + " is gone.");
            }
        });
        trailed.askedSeats().stream()
                .filter(seat -> !stored.votes().containsKey(seat)
                        && !trailed.decisions().containsKey(seat))
                .forEach(seat -> add(Kind.APPROVAL_DELETED, "The open " + seat + " is gone."));
    }

    private void existence() {
        if (stored.exists()) {
            add(Kind.INSERTED, "It is in the table, but the trail does not know that it was raised.");
        } else if (trailed.isRaised()) {
            add(Kind.DELETED, "The trail knows it up to entry " + trailed.entry() + ", but it is not in the table.");
        }
    }

    private void row() {
        if (!String.valueOf(stored.state()).equals(trailed.state())) {
            add(
                    Kind.STATE,
                    "It is " + stored.state() + ", but entry " + trailed.entry() + " left it " + trailed.state() + ".");
        } else if (trailed.digest() != null && !trailed.digest().equals(stored.digest())) {
            add(Kind.ALTERED, "Its row is not as entry " + trailed.entry() + " left it.");
        }
    }

    private void plan() {
        if (!trailed.isPlanned()) {
            if (stored.plan() != null && trailed.tellsEveryPlan()) {
                add(Kind.PLAN, "It has a rollout plan that nobody wrote.");
            }
        } else if (stored.plan() == null) {
            add(Kind.PLAN, "Its rollout plan is gone.");
        } else if (trailed.plan() != null && !trailed.plan().equals(stored.plan())) {
            add(Kind.PLAN, "Its rollout plan is not the one that was written down last.");
        }
    }

    private void vote(Seat seat, Vote vote) {
        TrailedChange.@Nullable Decision decision = trailed.decisions().get(seat);
        if (decision == null) {
            if (!vote.isPending()) {
                add(Kind.APPROVAL_INSERTED, "The " + seat + " is " + vote.decision() + ", which nobody decided.");
            } else if (trailed.tellsSeatsOf(seat.round()) && !trailed.wasAsked(seat)) {
                add(Kind.APPROVAL_INSERTED, "Nobody was asked for " + seat + ".");
            }
        } else if (!decision.decision().equals(vote.decision())
                || decision.digest() != null && !decision.digest().equals(vote.digest())) {
            add(
                    Kind.APPROVAL_ALTERED,
                    "The " + seat + " is " + vote.decision() + " and not as entry " + decision.entry() + " left it ("
                            + decision.decision() + ").");
        }
    }

    private void add(Kind kind, String sentence) {
        found.add(new Difference(number, kind, sentence));
    }
}
