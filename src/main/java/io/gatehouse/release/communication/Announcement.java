package io.gatehouse.release.communication;

import io.gatehouse.audit.Fingerprint;
import io.gatehouse.release.Moment;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Something that was told of a release, as it was told.
 *
 * @param release what is stored of the number of the release
 * @param stage which stage it had passed, where that is the moment
 * @param sha256 of subject, a line feed and the text, in UTF-8
 * @param mailed whether there was a mail server; if not, only channels were told
 */
public record Announcement(
        long id,
        String release,
        Moment moment,
        @Nullable String stage,
        String template,
        long templateVersion,
        String subject,
        String text,
        String sha256,
        boolean mailed,
        Instant madeAt) {

    Announcement withId(long given) {
        return new Announcement(
                given, release, moment, stage, template, templateVersion, subject, text, sha256, mailed, madeAt);
    }

    static String digest(String subject, String text) {
        return Fingerprint.ofText(subject + "\n" + text);
    }

    /** By this its row is compared with the audit trail. */
    String fingerprint() {
        return Fingerprint.of(Arrays.asList(
                id, release, moment, stage, template, templateVersion, subject, text, sha256, mailed, madeAt));
    }
}
