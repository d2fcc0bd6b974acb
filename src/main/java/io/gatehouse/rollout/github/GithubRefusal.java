package io.gatehouse.rollout.github;

import io.gatehouse.rollout.connector.ConnectorAnswer;
import io.gatehouse.rollout.http.ToolReply;

/** What GitHub has against an order. It refuses what comes too often by 403, too. */
class GithubRefusal {

    private static final int SAID = 300;

    private GithubRefusal() {}

    /** @param reply not one of those by which GitHub takes the order */
    static ConnectorAnswer of(ToolReply reply) {
        if (reply.isSuccess()) {
            return ConnectorAnswer.ambiguous("GitHub answered " + reply.status() + " and not that it took it");
        }
        boolean tooOften = reply.header("Retry-After").isPresent()
                || reply.header("X-RateLimit-Remaining").filter("0"::equals).isPresent();
        return switch (reply.status()) {
            case 403 -> tooOften || reply.text().contains("rate limit")
                    ? ConnectorAnswer.notReached("The tool answered 403: it wants to be called later")
                    : reply.notTaken();
            case 400, 410, 422 -> withReason(reply);
            default -> reply.notTaken();
        };
    }

    static ConnectorAnswer withReason(ToolReply reply) {
        String text = reply.text().replaceAll("\\p{Cntrl}+", " ");
        return ConnectorAnswer.refused(
                "The tool answered " + reply.status() + ": " + text.substring(0, Math.min(text.length(), SAID)));
    }
}
