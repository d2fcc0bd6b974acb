package io.gatehouse.release;

import io.gatehouse.change.ChangeEnded;
import java.util.Objects;
import java.util.Optional;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The changes that carry releases into production, and what their end means. */
@Service
@Transactional
public class ProductionChanges {

    private final Releases releases;
    private final ReleaseRows rows;
    private final Stages stages;
    private final Carriers carriers;
    private final ReleaseProcess process;

    ProductionChanges(Releases releases, ReleaseRows rows, Stages stages, Carriers carriers, ReleaseProcess process) {
        this.releases = releases;
        this.rows = rows;
        this.stages = stages;
        this.carriers = carriers;
        this.process = process;
    }

    /** Raises the change that carries a release into production. */
    public void raise(String number) {
        Release release = releases.lock(number);
        ReleaseContent content = release.content();
        carriers.raise(
                release,
                content.environment(),
                content.changeTemplate(),
                content.rolloutPlan(),
                content.window(),
                (change, carrier) -> releases.carriedBy(number, change, carrier));
    }

    /** A change is closed or canceled: the release that it carried, if any, goes on in a transaction of its own. */
    @EventListener
    void over(ChangeEnded ended) {
        rows.carriedBy(ended.number()).ifPresent(carried -> {
            switch (carried.destination()) {
                case PRODUCTION -> process.changeIsOver(carried.number());
                case STAGE -> process.stageChangeIsOver(carried.number());
                case REHEARSAL -> process.rehearsalIsOver(carried.number());
            }
        });
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

    /** Gives a release back to those who prepare it, because it failed on its way; it keeps everything it had. */
    public void giveBack(String number) {
        Release release = releases.lock(number);
        switch (release.state()) {
            case TESTING -> releases.giveBack(number, stages.whyNot(release));
                // As processes do that were begun before releases could wait.
            case WAITING -> releases.giveBack(
                    number, "It could go, but " + release.progress().waitsFor());
            case DEPLOYING -> releases.giveBack(number, whyNot(release).orElseThrow());
                // A no-go has given it back when the decision was concluded.
            default -> {}
        }
    }

    /** Why the package is not in production; empty if it is. */
    private Optional<String> whyNot(Release release) {
        return carriers.whyNot(release, carrier(release), release.content().environment());
    }

    private static String carrier(Release release) {
        return Objects.requireNonNull(release.progress().change(), "no change carries " + release.number());
    }

    /** Gives a release whose process somebody has deleted another, at the place where it was. */
    void takeUp(String number) {
        Release release = releases.lock(number);
        if (process.exists(number)) {
            return;
        }
        switch (release.state()) {
            case PREPARING -> restart(release, () -> process.start(number));
                // What it was in the middle of has nobody left who would end it.
            case TESTING -> {
                stages.dropCurrent(release, "Its process was deleted.");
                restart(release, () -> process.startAt(ReleaseModel.TESTS, number));
            }
                // Its seats are asked again: what they have said so far counts no longer.
            case DECIDING -> restart(release, () -> process.startAt(ReleaseModel.DECIDES, number));
            case WAITING -> restart(release, () -> process.startAt(ReleaseModel.ENTERS_PRODUCTION, number));
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
        if (carriers.find(carrier(release)).state().isFinal()) {
            process.changeIsOver(release.number());
        }
    }
}
