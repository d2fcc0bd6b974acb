package io.gatehouse.release.web;

import io.gatehouse.api.Page;
import io.gatehouse.api.PageQuery;
import io.gatehouse.api.Precondition;
import io.gatehouse.release.document.DocumentKind;
import io.gatehouse.release.document.Documents;
import io.gatehouse.release.document.ReleaseDocument;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import java.net.URI;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.ModelAndView;

/** Documents of releases and their versions. */
@RestController
@RequestMapping("/api/v1/releases/{number}/documents")
class DocumentsController {

    private final Documents documents;
    private final DocumentAnswers answers;

    DocumentsController(Documents documents, DocumentAnswers answers) {
        this.documents = documents;
        this.answers = answers;
    }

    @GetMapping
    List<DocumentRepresentation> list(@PathVariable String number) {
        return documents.of(number).stream().map(DocumentRepresentation::line).toList();
    }

    @PutMapping("/{kind}")
    ResponseEntity<DocumentRepresentation> write(
            @PathVariable String number,
            @PathVariable DocumentKind kind,
            @RequestBody @Valid DocumentInput input,
            Precondition precondition) {
        ReleaseDocument written = documents.write(number, kind, input.text(), precondition);
        return answers.json(
                written.version() == 1
                        ? ResponseEntity.created(URI.create("/api/v1/releases/" + number + "/documents/" + kind))
                        : ResponseEntity.ok(),
                written);
    }

    @GetMapping("/{kind}")
    ResponseEntity<DocumentRepresentation> show(@PathVariable String number, @PathVariable DocumentKind kind) {
        return answers.json(ResponseEntity.ok(), documents.newest(number, kind));
    }

    @GetMapping(path = "/{kind}", produces = DocumentAnswers.MARKDOWN)
    ResponseEntity<byte[]> markdown(@PathVariable String number, @PathVariable DocumentKind kind) {
        return answers.markdown(documents.newest(number, kind));
    }

    @GetMapping(path = "/{kind}", produces = MediaType.TEXT_HTML_VALUE)
    ModelAndView page(@PathVariable String number, @PathVariable DocumentKind kind, HttpServletResponse response) {
        return answers.page(documents.newest(number, kind), response);
    }

    @GetMapping("/{kind}/versions")
    Page<DocumentRepresentation> versions(
            @PathVariable String number, @PathVariable DocumentKind kind, PageQuery page) {
        return documents.versions(number, kind, page).map(DocumentRepresentation::line);
    }

    @GetMapping("/{kind}/versions/{version}")
    ResponseEntity<DocumentRepresentation> show(
            @PathVariable String number, @PathVariable DocumentKind kind, @PathVariable long version) {
        return answers.json(ResponseEntity.ok(), documents.version(number, kind, version));
    }

    @GetMapping(path = "/{kind}/versions/{version}", produces = DocumentAnswers.MARKDOWN)
    ResponseEntity<byte[]> markdown(
            @PathVariable String number, @PathVariable DocumentKind kind, @PathVariable long version) {
        return answers.markdown(documents.version(number, kind, version));
    }

    @GetMapping(path = "/{kind}/versions/{version}", produces = MediaType.TEXT_HTML_VALUE)
    ModelAndView page(
            @PathVariable String number,
            @PathVariable DocumentKind kind,
            @PathVariable long version,
            HttpServletResponse response) {
        return answers.page(documents.version(number, kind, version), response);
    }
}
