package io.gatehouse.rollout;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A step goes on once its tool can be reached, or gives a clear answer.
 *
 * @param since when it could not for the first time
 * @param tries how often it was tried since then, one after the other
 * @param because what was in the way the last time, a sentence for people
 * @param until when it is tried again
 */
public record Waiting(Instant since, int tries, String because, Instant until) {

    /** What there is once it was tried once more in vain. */
    static Waiting again(@Nullable Waiting before, String because, Instant now, Duration pause) {
        return new Waiting(before == null ? now : before.since(), triesOf(before) + 1, because, now.plus(pause));
    }

    static int triesOf(@Nullable Waiting waiting) {
        return waiting == null ? 0 : waiting.tries();
    }

    /** The same in one sentence. */
    public String sentence() {
        return "Tried %d times since %s, again at %s. %s".formatted(tries, since, until, because);
    }
}
