package io.gatehouse.release;

import io.gatehouse.access.CurrentPerson;
import io.gatehouse.access.Permissions;
import io.gatehouse.api.ProblemException;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Takes releases back that wait in front of a stage or of production. */
@Service
@Transactional
public class Withdrawals {

    private static final String WITHDRAW = "POST /api/v1/releases/{number}/withdrawal";

    private final Releases releases;
    private final Stages stages;
    private final ReleaseProcess process;
    private final Permissions permissions;
    private final CurrentPerson currentPerson;

    Withdrawals(
            Releases releases,
            Stages stages,
            ReleaseProcess process,
            Permissions permissions,
            CurrentPerson currentPerson) {
        this.releases = releases;
        this.stages = stages;
        this.process = process;
        this.permissions = permissions;
        this.currentPerson = currentPerson;
    }

    /**
     * Has a release wait no longer. It is prepared anew, with everything it had but its place in the line.
     *
     * @throws ProblemException conflict if it does not wait
     */
    public Release withdraw(String number, String reason) {
        permissions.require(WITHDRAW, currentPerson.find().orElse(null));
        Release release = releases.lock(number);
        whyNot(release).ifPresent(because -> {
            throw ProblemException.conflict("release-not-waiting", "It does not wait", because);
        });
        String because = "It was withdrawn: " + reason;
        stages.dropCurrent(release, because);
        Release back = releases.withdraw(number, because);
        if (!process.releaseIsWithdrawn(number) && process.exists(number)) {
            throw ProblemException.conflict(
                    "process-without-withdrawal",
                    "The process has no way back",
                    "The process of " + number + " was begun by a model without the event \"Release withdrawn\".");
        }
        return back;
    }

    private Optional<String> whyNot(Release release) {
        return switch (release.state()) {
            case WAITING -> Optional.empty();
            case TESTING -> stages.find(release)
                    .filter(run -> run.enteredAt() != null)
                    .map(run -> release.number() + " is in " + run.stage()
                            + " already. Have it fail there, or cancel the change that deploys it.");
            case DECIDING -> Optional.of(release.number() + " waits for its seats. Have them vote no.");
            case DEPLOYING -> Optional.of(
                    release.number() + " goes into production. Cancel the change that carries it.");
            case PLANNED, PREPARING, CLOSED, RETIRED -> Optional.of(
                    release.number() + " is " + release.state() + ", so there is nothing that it waits for.");
        };
    }
}
