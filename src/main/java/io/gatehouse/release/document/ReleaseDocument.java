package io.gatehouse.release.document;

import io.gatehouse.audit.Fingerprint;
import io.gatehouse.release.ReleaseNumber;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A version of a document of a release, which stays as it was written.
 *
 * @param release what is stored of the number of the release
 * @param version counted from 1 for each kind of document of each release
 * @param text Markdown
 * @param sha256 of the text in UTF-8, in hexadecimal
 * @param drafted whether Gatehouse wrote it, on behalf of whoever is said to have written it
 * @param publishedBy who said that everybody shall read it; only of release notes
 */
public record ReleaseDocument(
        long id,
        String release,
        DocumentKind kind,
        long version,
        String text,
        String sha256,
        boolean drafted,
        String writtenBy,
        Instant writtenAt,
        @Nullable String publishedBy,
        @Nullable Instant publishedAt) {

    static ReleaseDocument first(
            String release, DocumentKind kind, String text, boolean drafted, String by, Instant now) {
        return new ReleaseDocument(0, release, kind, 1, text, Fingerprint.ofText(text), drafted, by, now, null, null);
    }

    ReleaseDocument next(String wanted, boolean byGatehouse, String by, Instant now) {
        return new ReleaseDocument(
                0, release, kind, version + 1, wanted, Fingerprint.ofText(wanted), byGatehouse, by, now, null, null);
    }

    ReleaseDocument withId(long given) {
        return new ReleaseDocument(
                given, release, kind, version, text, sha256, drafted, writtenBy, writtenAt, publishedBy, publishedAt);
    }

    ReleaseDocument published(String by, Instant now) {
        return new ReleaseDocument(id, release, kind, version, text, sha256, drafted, writtenBy, writtenAt, by, now);
    }

    /** The number of its release, as people say it. */
    public String number() {
        return ReleaseNumber.of(release);
    }

    /** By this its row is compared with the audit trail. */
    String fingerprint() {
        return Fingerprint.of(Arrays.asList(
                id, release, kind, version, text, sha256, drafted, writtenBy, writtenAt, publishedBy, publishedAt));
    }
}
