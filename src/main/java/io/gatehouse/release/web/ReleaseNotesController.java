package io.gatehouse.release.web;

import io.gatehouse.api.Precondition;
import io.gatehouse.release.document.Documents;
import io.gatehouse.release.document.ReleaseDocument;
import io.gatehouse.release.document.ReleaseTicket;
import io.gatehouse.release.document.TicketList;
import io.gatehouse.release.document.Tickets;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.ModelAndView;

/** What is in a release, and the notes that say so. */
@RestController
@RequestMapping("/api/v1/releases/{number}")
class ReleaseNotesController {

    record TicketsInput(@NotNull @Size(max = 500) List<@NotNull @Valid TicketInput> tickets) {}

    record TicketInput(
            @NotBlank @Size(max = 64) String service,
            @NotNull ReleaseTicket.Kind kind,
            @NotBlank @Size(max = 100) String key,
            @NotBlank @Size(max = 300) String title,
            @Size(max = 1000)
                    @Pattern(
                            regexp = "https?://[^\\s<>\\\\\\p{C}]+",
                            message = "must be an address on the web, beginning with https:// or http://")
                    @Nullable
                    String url) {

        private ReleaseTicket toTicket() {
            return new ReleaseTicket(service, kind, key.strip(), title.strip(), url);
        }
    }

    record TicketsRepresentation(String release, String writtenBy, Instant writtenAt, List<ReleaseTicket> tickets) {}

    record PublicationInput(@NotNull @Min(1) Long version) {}

    private final Tickets tickets;
    private final Documents documents;
    private final DocumentAnswers answers;

    ReleaseNotesController(Tickets tickets, Documents documents, DocumentAnswers answers) {
        this.tickets = tickets;
        this.documents = documents;
        this.answers = answers;
    }

    @GetMapping("/tickets")
    ResponseEntity<TicketsRepresentation> tickets(@PathVariable String number) {
        return answer(number, tickets.of(number));
    }

    @PutMapping("/tickets")
    ResponseEntity<TicketsRepresentation> list(
            @PathVariable String number, @RequestBody @Valid TicketsInput input, Precondition precondition) {
        return answer(
                number,
                tickets.put(
                        number,
                        input.tickets().stream().map(TicketInput::toTicket).toList(),
                        precondition));
    }

    private static ResponseEntity<TicketsRepresentation> answer(String number, TicketList list) {
        return ResponseEntity.ok()
                .eTag(Long.toString(list.version()))
                .body(new TicketsRepresentation(number, list.writtenBy(), list.writtenAt(), list.tickets()));
    }

    /** Writes a version of the notes for a person to edit. */
    @PostMapping("/release-notes/drafts")
    ResponseEntity<DocumentRepresentation> draft(@PathVariable String number) {
        ReleaseDocument drafted = documents.draftNotes(number);
        return answers.json(
                ResponseEntity.created(URI.create("/api/v1/releases/" + number + "/documents/" + drafted.kind()
                        + "/versions/" + drafted.version())),
                drafted);
    }

    @PostMapping("/release-notes/publications")
    ResponseEntity<DocumentRepresentation> publish(
            @PathVariable String number, @RequestBody @Valid PublicationInput input) {
        return answers.json(ResponseEntity.ok(), documents.publishNotes(number, input.version()));
    }

    @GetMapping("/release-notes")
    ResponseEntity<DocumentRepresentation> show(@PathVariable String number) {
        return answers.json(ResponseEntity.ok(), documents.publishedNotes(number));
    }

    @GetMapping(path = "/release-notes", produces = DocumentAnswers.MARKDOWN)
    ResponseEntity<byte[]> markdown(@PathVariable String number) {
        return answers.markdown(documents.publishedNotes(number));
    }

    @GetMapping(path = "/release-notes", produces = MediaType.TEXT_HTML_VALUE)
    ModelAndView page(@PathVariable String number, HttpServletResponse response) {
        return answers.page(documents.publishedNotes(number), response);
    }
}
