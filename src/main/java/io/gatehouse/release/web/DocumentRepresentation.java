package io.gatehouse.release.web;

import io.gatehouse.release.document.DocumentKind;
import io.gatehouse.release.document.ReleaseDocument;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A version of a document as the API shows it; in lists without its text. */
record DocumentRepresentation(
        String release,
        DocumentKind kind,
        long version,
        @Nullable String text,
        String sha256,
        boolean drafted,
        String writtenBy,
        Instant writtenAt,
        @Nullable String publishedBy,
        @Nullable Instant publishedAt) {

    static DocumentRepresentation of(ReleaseDocument document) {
        return with(document, document.text());
    }

    static DocumentRepresentation line(ReleaseDocument document) {
        return with(document, null);
    }

    private static DocumentRepresentation with(ReleaseDocument document, @Nullable String text) {
        return new DocumentRepresentation(
                document.number(),
                document.kind(),
                document.version(),
                text,
                document.sha256(),
                document.drafted(),
                document.writtenBy(),
                document.writtenAt(),
                document.publishedBy(),
                document.publishedAt());
    }
}
