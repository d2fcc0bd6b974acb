package io.gatehouse.cab;

import io.gatehouse.change.Approvals;
import io.gatehouse.change.Change;
import io.gatehouse.change.Prerequisite;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** A change that a board approved on conditions does not start before each of them is met. */
@Component
class ConditionsToMeet implements Prerequisite {

    private final Approvals approvals;
    private final Ballots ballots;

    ConditionsToMeet(Approvals approvals, Ballots ballots) {
        this.approvals = approvals;
        this.ballots = ballots;
    }

    @Override
    public Optional<String> missing(Change change) {
        List<Condition> unmet = approvals.boardAsked(change).isEmpty() ? List.of() : ballots.unmet(change);
        return unmet.isEmpty()
                ? Optional.empty()
                : Optional.of("A board approved it on conditions, of which " + unmet.size() + " are not met.");
    }
}
