package io.gatehouse.rollout;

import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How this node sends commands to tools.
 *
 * @param dispatch whether this node sends commands at all
 * @param workers how many tools are called at once
 * @param lease how long a command belongs to a node that does not renew it
 * @param poll the longest pause between two looks while there is something to do
 * @param idlePoll the longest pause until a node that has nothing to do sees what another node left; it knows when what
 *     waits already will be due
 * @param maxTries how often at least a command is sent or asked for before a person is asked
 * @param patience how long at least a tool is tried that cannot be reached or gives no clear answer
 * @param retryPause the pause before the second try; it doubles each time, up to 32 times as long
 * @param settle how long a tool that can be asked may still be at work on an order whose answer was lost; until then it
 *     could say that it has never seen what it is about to do
 * @param quarantine a name for the restore after which this node is started, at most 60 letters, digits, dots and
 *     dashes: no tool is told anything until a person releases it. A name that was released before does nothing
 * @param keepCallbacks how long callbacks are kept that have been dealt with; a delivery that comes again later counts
 *     as a new one
 * @param keepLogs how long what tools printed is kept; what they did stays in the ledger and the audit trail
 */
@ConfigurationProperties("gatehouse.rollout")
public record RolloutProperties(
        @DefaultValue("true") boolean dispatch,
        @DefaultValue("4") int workers,
        @DefaultValue("60s") Duration lease,
        @DefaultValue("500ms") Duration poll,
        @DefaultValue("7s") Duration idlePoll,
        @DefaultValue("5") int maxTries,
        @DefaultValue("15m") Duration patience,
        @DefaultValue("2s") Duration retryPause,
        @DefaultValue("60s") Duration settle,
        @Nullable String quarantine,
        @DefaultValue("90d") Duration keepCallbacks,
        @DefaultValue("365d") Duration keepLogs) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,60}");

    public RolloutProperties {
        quarantine = quarantine == null || quarantine.isBlank() ? null : quarantine;
        if (quarantine != null && !NAME.matcher(quarantine).matches()) {
            throw new IllegalArgumentException("gatehouse.rollout.quarantine must be 1 to 60 letters, digits, dots,"
                    + " dashes and underscores, as restored-2026-11-30");
        }
    }

    /** The longest a single exchange with a tool may take: a lease must outlive it with room to spare. */
    public Duration longestExchange() {
        return lease.dividedBy(3);
    }

    Duration pauseAfter(int tries) {
        return retryPause.multipliedBy(1L << Math.min(tries - 1, 5));
    }
}
