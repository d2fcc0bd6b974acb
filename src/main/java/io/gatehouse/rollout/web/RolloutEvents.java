package io.gatehouse.rollout.web;

import io.gatehouse.api.Problem;
import io.gatehouse.api.ProblemException;
import io.gatehouse.rollout.Rollouts;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Lets clients follow rollouts. Each look costs a few statements, so only so many may follow at a time; nothing is asked
 * while nobody does. A stream ends after a minute and is then asked for again by whoever still may: rights that were taken
 * away end with it.
 */
@Component
class RolloutEvents {

    static final int MOST = 20;

    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Logger LOG = LoggerFactory.getLogger(RolloutEvents.class);

    private final Rollouts rollouts;
    private final RepresentedRollouts represented;
    private final Clock clock;
    private final Semaphore free = new Semaphore(MOST);
    private final Set<RolloutFollower> followers = ConcurrentHashMap.newKeySet();

    /** As many threads as streams: a client that does not read what it is sent holds up nobody else. */
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(MOST, task -> {
        Thread thread = new Thread(task, "rollout-events");
        thread.setDaemon(true);
        return thread;
    });

    RolloutEvents(Rollouts rollouts, RepresentedRollouts represented, Clock clock) {
        this.rollouts = rollouts;
        this.represented = represented;
        this.clock = clock;
    }

    /**
     * Tells everything about a rollout, then what is new about it.
     *
     * @param afterLog the id of the last piece of log that the client has; 0 for all of it
     * @throws ProblemException not found; unavailable if as many as may are following
     */
    SseEmitter follow(String number, long afterLog) {
        rollouts.find(number);
        if (!free.tryAcquire()) {
            throw new ProblemException(
                    Problem.of(
                            HttpStatus.SERVICE_UNAVAILABLE,
                            "too-many-followers",
                            "Too many follow rollouts",
                            MOST
                                    + " clients follow rollouts at this node already. Try again in a minute, or read the rollout."));
        }
        // It ends by itself.
        SseEmitter emitter = new SseEmitter(0L);
        RolloutFollower follower = new RolloutFollower(
                number,
                afterLog,
                rollouts,
                represented,
                emitter,
                clock.instant().plus(LONGEST));
        followers.add(follower);
        emitter.onCompletion(() -> end(follower));
        look(follower);
        return emitter;
    }

    private void look(RolloutFollower follower) {
        boolean goesOn = false;
        try {
            if (!follower.look() && clock.instant().isBefore(follower.until())) {
                threads.schedule(() -> look(follower), PAUSE.toMillis(), TimeUnit.MILLISECONDS);
                goesOn = true;
            }
        } catch (IOException | IllegalStateException | RejectedExecutionException e) {
            LOG.debug("A client that followed a rollout is gone", e);
        } finally {
            if (!goesOn) {
                end(follower);
            }
        }
    }

    private void end(RolloutFollower follower) {
        if (followers.remove(follower)) {
            follower.end();
            free.release();
        }
    }

    /** Before the web server waits for its requests to end. */
    @EventListener
    void stop(ContextClosedEvent closed) {
        threads.shutdownNow();
        followers.forEach(this::end);
    }
}
