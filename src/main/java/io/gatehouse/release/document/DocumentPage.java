package io.gatehouse.release.document;

import io.gatehouse.release.Release;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * A version of a document as a page to read or print.
 *
 * @param html its text, made safe
 * @param published who published it when; absent where nobody did
 */
public record DocumentPage(
        String title,
        String number,
        String name,
        long version,
        String written,
        @Nullable String published,
        String sha256,
        String html) {

    private static final DateTimeFormatter SHOWN =
            DateTimeFormatter.ofPattern("EEE d MMM uuuu HH:mm 'UTC'").withZone(ZoneOffset.UTC);

    static DocumentPage of(Release release, ReleaseDocument document) {
        Instant publishedAt = document.publishedAt();
        return new DocumentPage(
                document.kind().title(),
                release.number(),
                release.content().name(),
                document.version(),
                (document.drafted() ? "drafted for " : "by ") + document.writtenBy() + ", "
                        + SHOWN.format(document.writtenAt()),
                publishedAt == null ? null : "by " + document.publishedBy() + ", " + SHOWN.format(publishedAt),
                document.sha256(),
                Markdown.html(document.text()));
    }
}
