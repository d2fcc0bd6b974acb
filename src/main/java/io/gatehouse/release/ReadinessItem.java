package io.gatehouse.release;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that a release should have before it goes into production.
 *
 * @param criterion its name: {@code backout-plan}
 * @param about the number of what it is about, where there may be several: {@code RISK-000123}
 * @param met whether the release has it
 * @param sentence what was found, or what is missing
 * @param owner who could see to it: the id of a person, or a role or team
 * @param since since when it is missing; absent if it is met, or if nobody has noted it yet
 */
public record ReadinessItem(
        String criterion,
        @Nullable String about,
        boolean met,
        String sentence,
        @Nullable String owner,
        @Nullable Instant since) {

    /** What is found of a plan that has words. */
    public static final String WRITTEN = "it is written";

    /** What is found of a plan that has none. */
    public static final String NOT_WRITTEN = "it is not written";

    /** One that is looked at by a machine, of which nobody in particular is in charge. */
    public ReadinessItem(String criterion, boolean met, String sentence) {
        this(criterion, null, met, sentence, null, null);
    }

    public static ReadinessItem met(String criterion, String sentence) {
        return new ReadinessItem(criterion, true, sentence);
    }

    /** One that is missing since it was first noted. */
    public static ReadinessItem missing(String criterion, String sentence, String owner) {
        return new ReadinessItem(criterion, null, false, sentence, owner, null);
    }

    ReadinessItem missingSince(@Nullable Instant moment) {
        return new ReadinessItem(criterion, about, met, sentence, owner, moment);
    }

    /** What tells it from the others of a release. */
    String key() {
        return about == null ? criterion : criterion + " " + about;
    }
}
