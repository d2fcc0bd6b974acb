package io.gatehouse.release;

import io.gatehouse.access.People;
import io.gatehouse.access.Person;
import io.gatehouse.catalog.Services;
import io.gatehouse.change.Change;
import io.gatehouse.change.ChangeContent;
import io.gatehouse.change.ChangeEnded;
import io.gatehouse.change.ChangeState;
import io.gatehouse.change.Changes;
import io.gatehouse.change.CloseCode;
import io.gatehouse.change.Duties;
import io.gatehouse.change.process.ChangeProcess;
import io.gatehouse.rollout.RolloutPlanning;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The changes that carry releases into production. Each is a normal change like any other: the policy says who approves
 * it, and whoever wrote something of the release does not.
 */
@Service
@Transactional
public class ProductionChanges {

    private static final int LONGEST_TITLE = 200;

    private final Releases releases;
    private final ReleaseRows rows;
    private final ReleaseProcess process;
    private final Changes changes;
    private final ChangeProcess changeProcess;
    private final Duties duties;
    private final RolloutPlanning planning;
    private final Services services;
    private final People people;

    ProductionChanges(
            Releases releases,
            ReleaseRows rows,
            ReleaseProcess process,
            Changes changes,
            ChangeProcess changeProcess,
            Duties duties,
            RolloutPlanning planning,
            Services services,
            People people) {
        this.releases = releases;
        this.rows = rows;
        this.process = process;
        this.changes = changes;
        this.changeProcess = changeProcess;
        this.duties = duties;
        this.planning = planning;
        this.services = services;
        this.people = people;
    }

    /** Raises and submits the change that carries a release, on behalf of whoever confirmed its package. */
    public void raise(String number) {
        Release release = releases.lock(number);
        Person requester = confirmer(release);
        Change change = changeProcess.raise(requester, contentOf(release));
        releases.carriedBy(number, change.number());
        duties.noteAuthors(change, release.authors());
        planning.joinPlans(change, deploymentOrder(release));
        changeProcess.submit(requester, change.number());
    }

    private List<String> deploymentOrder(Release release) {
        Map<String, Set<String>> needed = new HashMap<>();
        services.findAll(release.content().services())
                .forEach((key, service) -> needed.put(key, service.dependencies()));
        return DeploymentOrder.of(needed);
    }

    private Person confirmer(Release release) {
        String id = Objects.requireNonNull(release.progress().confirmedBy(), "nobody confirmed " + release.number());
        return new Person(id, people.groupsOf(id));
    }

    private static ChangeContent contentOf(Release release) {
        ReleaseContent content = release.content();
        String title = release.number() + ": " + content.name();
        return new ChangeContent(
                title.substring(0, Math.min(title.length(), LONGEST_TITLE)),
                content.description(),
                content.services(),
                content.environment(),
                content.window(),
                content.plans(),
                content.questionnaire(),
                List.of(),
                content.items());
    }

    /** A change is closed or canceled: the release that it carried, if any, goes on in a transaction of its own. */
    @EventListener
    void over(ChangeEnded ended) {
        rows.carriedBy(ended.number()).ifPresent(process::changeIsOver);
    }

    /** Whether the change that carried a release has put it into production. */
    @Transactional(readOnly = true)
    public boolean succeeded(String number) {
        return whyNot(releases.find(number)).isEmpty();
    }

    /**
     * Closes a release whose package is in production.
     *
     * @throws IllegalStateException if its change has not put it there, whatever a diagram draws
     */
    public void close(String number) {
        whyNot(releases.lock(number)).ifPresent(because -> {
            throw new IllegalStateException(number + " is not in production: " + because);
        });
        releases.close(number);
    }

    /** Gives a release back to those who prepare it, because its change came to nothing; it keeps everything it had. */
    public void giveBack(String number) {
        releases.giveBack(number, whyNot(releases.lock(number)).orElseThrow());
    }

    /** Why the package is not in production; empty if it is. A change may have been rewritten on its way. */
    private Optional<String> whyNot(Release release) {
        Change change = changes.find(carrier(release).number());
        if (!change.state().isFinal()) {
            return Optional.of(change.number() + " is " + change.state() + ".");
        }
        String ended = change.number()
                + (change.state() == ChangeState.CANCELED ? " was canceled" : " was closed as " + change.closeCode());
        if (change.rolledBack()) {
            return Optional.of(ended + " and rolled back.");
        }
        if (change.state() == ChangeState.CANCELED || change.closeCode() == CloseCode.UNSUCCESSFUL) {
            return Optional.of(ended + ".");
        }
        return Set.copyOf(change.artifacts())
                                .equals(Set.copyOf(release.content().items()))
                        && change.environment().equals(release.content().environment())
                ? Optional.empty()
                : Optional.of(ended + ", but brought something else than this package.");
    }

    private Change carrier(Release release) {
        return changes.glance(
                Objects.requireNonNull(release.progress().change(), "no change carries " + release.number()));
    }

    /** Gives a release whose process somebody has deleted another, at the place where it was. */
    void takeUp(String number) {
        Release release = releases.lock(number);
        if (process.exists(number)) {
            return;
        }
        switch (release.state()) {
            case PREPARING -> restart(release, () -> process.start(number));
                // Its seats are asked again: what they have said so far counts no longer.
            case DECIDING -> restart(release, () -> process.startAt(ReleaseModel.DECIDES, number));
            case DEPLOYING -> restart(release, () -> waitForChange(release));
            case PLANNED, CLOSED, RETIRED -> {}
        }
    }

    private void restart(Release release, Runnable begin) {
        releases.noteLostProcess(release);
        begin.run();
    }

    private void waitForChange(Release release) {
        if (release.progress().change() == null) {
            process.startAt(ReleaseModel.RAISES_CHANGE, release.number());
            return;
        }
        process.startAt(ReleaseModel.WAITS_FOR_CHANGE, release.number());
        if (carrier(release).state().isFinal()) {
            process.changeIsOver(release.number());
        }
    }
}
