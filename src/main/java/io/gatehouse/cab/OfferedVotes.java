package io.gatehouse.cab;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Has the right people asked for their vote when absences begin or end, or a board has changed, while a vote is open. */
@Component
class OfferedVotes {

    private static final Logger log = LoggerFactory.getLogger(OfferedVotes.class);

    private final Ballots ballots;

    OfferedVotes(Ballots ballots) {
        this.ballots = ballots;
    }

    @Scheduled(initialDelayString = "PT5M", fixedDelayString = "PT1M")
    void offer() {
        ballots.underVote().forEach(this::offer);
    }

    /** One after the other: one that cannot be offered must not keep the others waiting. */
    private void offer(String number) {
        try {
            ballots.offerAnew(number);
        } catch (RuntimeException e) {
            log.warn("The votes on {} cannot be offered anew", number, e);
        }
    }
}
