package io.gatehouse.release.document;

import io.gatehouse.release.ReadinessCheck;
import io.gatehouse.release.ReadinessItem;
import io.gatehouse.release.Release;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Whether those who deploy a release and look after it have something to go by, and which version the seats decide about. */
@Component
@Order(5)
class DocumentReadiness implements ReadinessCheck {

    private final DocumentRows rows;

    DocumentReadiness(DocumentRows rows) {
        this.rows = rows;
    }

    @Override
    public List<ReadinessItem> of(Release release) {
        Map<DocumentKind, ReleaseDocument> written = rows.newest(release.stored()).stream()
                .collect(Collectors.toMap(ReleaseDocument::kind, Function.identity()));
        return List.of(
                item("runbook", DocumentKind.RUNBOOK, written, release),
                item("verification-checklist", DocumentKind.VERIFICATION_CHECKLIST, written, release));
    }

    private static ReadinessItem item(
            String criterion, DocumentKind kind, Map<DocumentKind, ReleaseDocument> written, Release release) {
        ReleaseDocument document = written.get(kind);
        return document == null
                ? ReadinessItem.missing(
                        criterion, "it is not written", release.content().manager())
                : ReadinessItem.met(
                        criterion,
                        "it is written, version " + document.version() + " with SHA-256 " + document.sha256());
    }
}
