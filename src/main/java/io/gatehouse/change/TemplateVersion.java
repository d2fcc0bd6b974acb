package io.gatehouse.change;

import io.gatehouse.api.ProblemException;
import io.gatehouse.audit.Fingerprint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One version of a template: written by somebody, let in by somebody else, in force until another takes its place.
 *
 * @param ordinal counts the versions of the template from 1
 * @param planSha256 the rollout plan as it was submitted; absent if there is none
 * @param countsSince only changes that were closed since count as uses; absent while it has never been in force
 * @param decidedBy who let it in or refused it; absent for one that nobody reviewed, because it is older than reviews
 * @param endedBecause why it was suspended or retired
 * @param version counts every write to a version of this template
 * @param authors whoever wrote something of it or wants it reinstated
 */
public record TemplateVersion(
        long id,
        String template,
        int ordinal,
        State state,
        TemplateContent content,
        @Nullable String planSha256,
        @Nullable Instant countsSince,
        @Nullable String submittedBy,
        @Nullable Instant submittedAt,
        @Nullable String decidedBy,
        @Nullable Instant decidedAt,
        @Nullable String decisionReason,
        @Nullable String endedBecause,
        long version,
        SortedSet<String> authors) {

    /** How far it is. Only ACTIVE lets changes be raised from it. */
    public enum State {
        /** Being written. */
        DRAFT,
        /** Somebody else has to let it in, or back in. */
        IN_REVIEW,
        REFUSED,
        ACTIVE,
        /** Taken out of use, by itself or by somebody; its owner decides. */
        SUSPENDED,
        /** A later version is in force. */
        REPLACED,
        RETIRED
    }

    /** The states in which it has a process. */
    static final Set<State> UNDER_WAY = EnumSet.of(State.IN_REVIEW, State.ACTIVE, State.SUSPENDED);

    /** The number its tasks are about. */
    public String number() {
        return TemplateNumber.of(id);
    }

    public boolean wasInForce() {
        return countsSince != null;
    }

    /** Whether it is what people mean by the template today. */
    boolean stands() {
        return wasInForce() && state != State.REPLACED;
    }

    boolean isUnderWay() {
        return UNDER_WAY.contains(state);
    }

    void requireState(State... expected) {
        if (!List.of(expected).contains(state)) {
            throw ProblemException.conflict(
                    "template-state",
                    "Not possible in this state",
                    "Version " + ordinal + " of " + template + " is " + state + ", not "
                            + String.join(
                                    " or ",
                                    Arrays.stream(expected).map(State::name).toList()) + ".");
        }
    }

    TemplateVersion written(TemplateContent newContent, String by) {
        SortedSet<String> all = new TreeSet<>(authors);
        all.add(by);
        return new TemplateVersion(
                id,
                template,
                ordinal,
                state,
                newContent,
                planSha256,
                countsSince,
                submittedBy,
                submittedAt,
                decidedBy,
                decidedAt,
                decisionReason,
                endedBecause,
                version,
                all);
    }

    /** Waits for a review, for the first time or to come back. */
    TemplateVersion submitted(@Nullable String plan, String by, Instant at) {
        SortedSet<String> all = new TreeSet<>(authors);
        all.add(by);
        return new TemplateVersion(
                id,
                template,
                ordinal,
                State.IN_REVIEW,
                content,
                plan,
                countsSince,
                by,
                at,
                null,
                null,
                null,
                endedBecause,
                version,
                all);
    }

    TemplateVersion decided(State next, @Nullable Instant since, String by, Instant at, String reason) {
        return new TemplateVersion(
                id,
                template,
                ordinal,
                next,
                content,
                planSha256,
                since,
                submittedBy,
                submittedAt,
                by,
                at,
                reason,
                next == State.ACTIVE ? null : endedBecause,
                version,
                authors);
    }

    /** In force by nobody's review. */
    TemplateVersion adopted(boolean active, @Nullable String plan, Instant at) {
        return new TemplateVersion(
                id,
                template,
                ordinal,
                active ? State.ACTIVE : State.RETIRED,
                content,
                plan,
                at,
                null,
                null,
                null,
                null,
                null,
                null,
                version,
                authors);
    }

    TemplateVersion ended(State next, @Nullable String because) {
        return new TemplateVersion(
                id,
                template,
                ordinal,
                next,
                content,
                planSha256,
                countsSince,
                submittedBy,
                submittedAt,
                decidedBy,
                decidedAt,
                decisionReason,
                because,
                version,
                authors);
    }

    TemplateVersion with(SortedSet<String> allAuthors) {
        return new TemplateVersion(
                id,
                template,
                ordinal,
                state,
                content,
                planSha256,
                countsSince,
                submittedBy,
                submittedAt,
                decidedBy,
                decidedAt,
                decisionReason,
                endedBecause,
                version,
                allAuthors);
    }

    TemplateVersion counted(long newVersion) {
        return new TemplateVersion(
                id,
                template,
                ordinal,
                state,
                content,
                planSha256,
                countsSince,
                submittedBy,
                submittedAt,
                decidedBy,
                decidedAt,
                decisionReason,
                endedBecause,
                newVersion,
                authors);
    }

    /** The digest of its rows, by which they are compared with the trail. */
    String fingerprint() {
        List<@Nullable Object> row = new ArrayList<>(Arrays.asList(
                id,
                template,
                ordinal,
                state,
                content.title(),
                content.service(),
                content.environment(),
                content.plans().implementation(),
                content.plans().test(),
                content.plans().backout(),
                content.plans().communication(),
                TemplateContent.text(content.open()),
                content.suspension().failures(),
                content.suspension().uses(),
                planSha256,
                countsSince,
                submittedBy,
                submittedAt,
                decidedBy,
                decidedAt,
                decisionReason,
                endedBecause,
                version,
                authors.size()));
        row.addAll(authors);
        return Fingerprint.of(row);
    }
}
