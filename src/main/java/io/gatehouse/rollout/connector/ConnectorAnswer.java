package io.gatehouse.rollout.connector;

import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What came of calling or asking a tool.
 *
 * @param detail a sentence for people, at most {@value #MAX_DETAIL} characters
 * @param reference what the tool calls an accepted command, if it told, at most {@value #MAX_REFERENCE} characters; the
 *     last one is asked for
 * @param link where people see it in the tool, if there is such a place
 * @param retryAfter how long the tool wants to be left alone, if it said so
 */
public record ConnectorAnswer(
        Outcome outcome, String detail, @Nullable String reference, @Nullable String link, Duration retryAfter) {

    public static final int MAX_DETAIL = 1000;
    public static final int MAX_REFERENCE = 200;

    private static final int MAX_LINK = 500;
    private static final Pattern PAGE = Pattern.compile("https?://[!-~]+");

    /** Kinds of answer. */
    public enum Outcome {
        SUCCEEDED,
        /** It failed after it began or may have begun. */
        FAILED,
        /** The tool refused it before it began; the same call would be refused again. */
        REFUSED,
        /** The tool could not be reached, so nothing began; the same call may work later. */
        NOT_REACHED,
        /** Begun or still going on; the result comes later. */
        ACCEPTED,
        /** The tool was asked and has never seen the key. */
        NEVER_SEEN,
        /** It may or may not have been done. */
        AMBIGUOUS
    }

    public ConnectorAnswer {
        detail = detail.length() <= MAX_DETAIL ? detail : detail.substring(0, MAX_DETAIL);
        // A part of one would name something else; without one the key of the command is asked for.
        reference = reference == null || reference.length() <= MAX_REFERENCE ? reference : null;
    }

    public ConnectorAnswer(Outcome outcome, String detail, @Nullable String reference, @Nullable String link) {
        this(outcome, detail, reference, link, Duration.ZERO);
    }

    public static ConnectorAnswer succeeded(String detail) {
        return new ConnectorAnswer(Outcome.SUCCEEDED, detail, null, null);
    }

    public static ConnectorAnswer failed(String detail) {
        return new ConnectorAnswer(Outcome.FAILED, detail, null, null);
    }

    public static ConnectorAnswer refused(String detail) {
        return new ConnectorAnswer(Outcome.REFUSED, detail, null, null);
    }

    public static ConnectorAnswer notReached(String detail) {
        return new ConnectorAnswer(Outcome.NOT_REACHED, detail, null, null);
    }

    public static ConnectorAnswer accepted(@Nullable String reference) {
        return new ConnectorAnswer(Outcome.ACCEPTED, "Accepted", reference, null);
    }

    public static ConnectorAnswer neverSeen() {
        return new ConnectorAnswer(Outcome.NEVER_SEEN, "The tool has never seen this command", null, null);
    }

    public static ConnectorAnswer ambiguous(String detail) {
        return new ConnectorAnswer(Outcome.AMBIGUOUS, detail, null, null);
    }

    /** The lease could not be renewed before an order or a question, which was then not sent from here. */
    public static ConnectorAnswer takenOver() {
        return ambiguous("Another node has taken this command over");
    }

    /** What the answer to a question means if no order was sent yet: nothing began, so nothing is in doubt. */
    public ConnectorAnswer beforeTheOrder() {
        return outcome == Outcome.REFUSED ? this : notReached(detail).after(retryAfter);
    }

    /** The same from a tool that wants to be left alone for so long. */
    public ConnectorAnswer after(Duration wait) {
        return new ConnectorAnswer(outcome, detail, reference, link, wait);
    }

    /** The same with something added to its sentence. */
    public ConnectorAnswer adding(String more) {
        return new ConnectorAnswer(outcome, detail + more, reference, link, retryAfter);
    }

    /** The pause until it is tried again: ours, or as long as the tool wants. */
    public Duration pause(Duration ours) {
        return retryAfter.compareTo(ours) > 0 ? retryAfter : ours;
    }

    /** The same, with the place where people see it in the tool; what is no address of a page is left out. */
    public ConnectorAnswer at(@Nullable String place) {
        return new ConnectorAnswer(outcome, detail, reference, page(place), retryAfter);
    }

    /** The address of a page, as {@code https} or {@code http} and short enough to be kept; nothing if it is none. */
    public static @Nullable String page(@Nullable String place) {
        boolean page = place != null
                && place.length() <= MAX_LINK
                && PAGE.matcher(place).matches();
        return page ? place : null;
    }
}
