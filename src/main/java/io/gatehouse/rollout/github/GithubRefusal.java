package io.gatehouse.rollout.github;

import io.gatehouse.rollout.connector.ConnectorAnswer;
import io.gatehouse.rollout.http.ToolReply;
import java.time.Duration;
import java.time.Instant;

/** What GitHub has against an order. It refuses what comes too often by 403, too. */
class GithubRefusal {

    private static final int SAID = 300;

    private GithubRefusal() {}

    /** @param reply not one of those by which GitHub takes the order */
    static ConnectorAnswer of(ToolReply reply) {
        if (reply.isSuccess()) {
            return ConnectorAnswer.ambiguous("GitHub answered " + reply.status() + " and not that it took it");
        }
        return switch (reply.status()) {
            case 403, 429 -> isTooOften(reply)
                    ? ConnectorAnswer.notReached(
                                    "The tool answered " + reply.status() + ": it wants to be called later")
                            .after(wait(reply))
                    : reply.notTaken();
            case 400, 410, 422 -> withReason(reply);
            default -> reply.notTaken();
        };
    }

    private static boolean isTooOften(ToolReply reply) {
        return reply.status() == 429
                || reply.header("Retry-After").isPresent()
                || reply.header("X-RateLimit-Remaining").filter("0"::equals).isPresent()
                || reply.text().contains("rate limit");
    }

    /** "Rate limits for the REST API": if it says no seconds, the moment at which its count begins anew. */
    private static Duration wait(ToolReply reply) {
        return reply.header("Retry-After").isPresent()
                ? reply.retryAfter()
                : reply.header("X-RateLimit-Reset")
                        .filter(seconds -> seconds.matches("\\d{1,12}"))
                        .map(seconds -> reply.until(Instant.ofEpochSecond(Long.parseLong(seconds))))
                        .orElse(Duration.ZERO);
    }

    static ConnectorAnswer withReason(ToolReply reply) {
        String text = reply.text().replaceAll("\\p{Cntrl}+", " ");
        return ConnectorAnswer.refused(
                "The tool answered " + reply.status() + ": " + text.substring(0, Math.min(text.length(), SAID)));
    }
}
