package io.gatehouse.release.web;

import io.gatehouse.release.document.Documents;
import io.gatehouse.release.document.ReleaseDocument;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.ModelAndView;

/** The three ways in which a document is read: as a resource of the API, as its Markdown, as a page. */
@Component
class DocumentAnswers {

    static final String MARKDOWN = "text/markdown";

    /** As of the rest of the API, but for the style within the page. */
    private static final String POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none';"
            + " form-action 'none'; frame-ancestors 'none'";

    private static final MediaType MARKDOWN_IN_UTF_8 = new MediaType("text", "markdown", StandardCharsets.UTF_8);

    private final Documents documents;

    DocumentAnswers(Documents documents) {
        this.documents = documents;
    }

    ResponseEntity<DocumentRepresentation> json(ResponseEntity.BodyBuilder answer, ReleaseDocument document) {
        return answer.eTag(Long.toString(document.version())).body(DocumentRepresentation.of(document));
    }

    /** The very bytes whose digest is in the trail. */
    ResponseEntity<byte[]> markdown(ReleaseDocument document) {
        return ResponseEntity.ok()
                .contentType(MARKDOWN_IN_UTF_8)
                .eTag(Long.toString(document.version()))
                .body(document.text().getBytes(StandardCharsets.UTF_8));
    }

    ModelAndView page(ReleaseDocument document, HttpServletResponse response) {
        response.setHeader("Content-Security-Policy", POLICY);
        return new ModelAndView("release/document", Map.of("document", documents.page(document)));
    }
}
