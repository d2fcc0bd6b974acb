package io.gatehouse.cab.web;

import io.gatehouse.api.Page;
import io.gatehouse.api.PageQuery;
import io.gatehouse.api.Precondition;
import io.gatehouse.cab.Agendas;
import io.gatehouse.cab.Meeting;
import io.gatehouse.cab.MeetingMails;
import io.gatehouse.cab.MeetingModel;
import io.gatehouse.cab.Meetings;
import io.gatehouse.cab.Minutes;
import io.gatehouse.cab.Proceedings;
import io.gatehouse.engine.Tasks;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
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

/** Meetings of boards: what is on their agenda, who is there, how they are opened and closed. */
@RestController
@RequestMapping("/api/v1")
class MeetingsController {

    record ItemInput(@NotBlank @Size(max = 32) String change, @Nullable @Min(1) @Max(240) Integer minutes) {}

    record ArrangementInput(@NotNull @Size(max = 200) List<@NotNull @Valid ItemInput> items) {

        List<Agendas.Line> lines() {
            return items.stream()
                    .map(item -> new Agendas.Line(item.change(), item.minutes()))
                    .toList();
        }
    }

    record DeferralInput(@NotBlank @Size(max = 32) String change, @NotBlank @Size(max = 1000) String reason) {}

    record AttendanceInput(@NotNull @Size(max = 120) Set<@NotNull @Size(max = 64) String> present) {}

    record ClosingInput(@Nullable @Size(max = 4000) String remarks) {}

    record MeetingCancellation(@NotBlank @Size(max = 1000) String reason) {}

    /** As of the rest of the API, but for the style within the page. */
    private static final String MINUTES_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none';"
            + " form-action 'none'; frame-ancestors 'none'";

    private final Meetings meetings;
    private final Agendas agendas;
    private final Proceedings proceedings;
    private final Minutes minutes;
    private final MeetingMails mails;
    private final Tasks tasks;

    MeetingsController(
            Meetings meetings,
            Agendas agendas,
            Proceedings proceedings,
            Minutes minutes,
            MeetingMails mails,
            Tasks tasks) {
        this.meetings = meetings;
        this.agendas = agendas;
        this.proceedings = proceedings;
        this.minutes = minutes;
        this.mails = mails;
        this.tasks = tasks;
    }

    @GetMapping("/boards/{key}/meetings")
    Page<MeetingRepresentation> list(@PathVariable String key, PageQuery page) {
        return meetings.list(key, page).map(MeetingRepresentation::line);
    }

    @GetMapping("/meetings/{number}")
    ResponseEntity<MeetingRepresentation> show(@PathVariable String number) {
        return answer(meetings.find(number));
    }

    @PutMapping("/meetings/{number}/agenda")
    ResponseEntity<MeetingRepresentation> arrange(
            @PathVariable String number, @RequestBody @Valid ArrangementInput input, Precondition precondition) {
        return answer(agendas.arrange(number, input.lines(), precondition));
    }

    @PostMapping("/meetings/{number}/deferrals")
    ResponseEntity<MeetingRepresentation> defer(@PathVariable String number, @RequestBody @Valid DeferralInput input) {
        return answer(agendas.defer(number, input.change(), input.reason()));
    }

    @PutMapping("/meetings/{number}/attendance")
    ResponseEntity<MeetingRepresentation> attend(
            @PathVariable String number, @RequestBody @Valid AttendanceInput input, Precondition precondition) {
        return answer(proceedings.attend(number, input.present(), precondition));
    }

    /** The task "Open meeting" through the API. */
    @PostMapping("/meetings/{number}/opening")
    ResponseEntity<MeetingRepresentation> open(@PathVariable String number) {
        meetings.find(number);
        tasks.submit(number, MeetingModel.OPEN, null, Map.of());
        return answer(meetings.find(number));
    }

    /** The task "Close meeting" through the API. */
    @PostMapping("/meetings/{number}/closing")
    ResponseEntity<MeetingRepresentation> close(@PathVariable String number, @RequestBody @Valid ClosingInput input) {
        meetings.find(number);
        tasks.submit(
                number, MeetingModel.CLOSE, null, Map.of("remarks", Objects.requireNonNullElse(input.remarks(), "")));
        return answer(meetings.find(number));
    }

    @PostMapping("/meetings/{number}/cancellation")
    ResponseEntity<MeetingRepresentation> cancel(
            @PathVariable String number, @RequestBody @Valid MeetingCancellation input) {
        return answer(meetings.cancel(number, input.reason()));
    }

    /** The same document for people, to read, print or keep; it needs nothing else to look as it should. */
    @GetMapping(path = "/meetings/{number}/minutes", produces = MediaType.TEXT_HTML_VALUE)
    ModelAndView minutesPage(@PathVariable String number, HttpServletResponse response) {
        response.setHeader("Content-Security-Policy", MINUTES_POLICY);
        return new ModelAndView(
                "cab/minutes",
                Map.of(
                        "minutes", MinutesPage.of(minutes.read(number)),
                        "sha256", String.valueOf(meetings.find(number).minutesSha256())));
    }

    /** The very bytes whose digest is in the trail; for whoever does not ask for a page. */
    @GetMapping("/meetings/{number}/minutes")
    ResponseEntity<byte[]> minutes(@PathVariable String number) {
        return ResponseEntity.ok()
                .eTag(String.valueOf(meetings.find(number).minutesSha256()))
                .contentType(MediaType.APPLICATION_JSON)
                .body(minutes.of(number).getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private ResponseEntity<MeetingRepresentation> answer(Meeting meeting) {
        return ResponseEntity.ok()
                .eTag(Long.toString(meeting.version()))
                .body(MeetingRepresentation.of(meeting, mails.isConfigured(), mails.about(meeting)));
    }
}
