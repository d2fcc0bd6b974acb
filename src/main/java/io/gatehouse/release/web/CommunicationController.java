package io.gatehouse.release.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.gatehouse.api.Page;
import io.gatehouse.api.PageQuery;
import io.gatehouse.api.Precondition;
import io.gatehouse.mail.OutboxMail;
import io.gatehouse.mail.Recipient;
import io.gatehouse.release.Moment;
import io.gatehouse.release.communication.Announcement;
import io.gatehouse.release.communication.Audience;
import io.gatehouse.release.communication.CommunicationEntry;
import io.gatehouse.release.communication.CommunicationPlan;
import io.gatehouse.release.communication.CommunicationPlans;
import io.gatehouse.release.communication.CommunicationTemplate;
import io.gatehouse.release.communication.CommunicationTemplates;
import io.gatehouse.release.communication.Communications;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Who hears what of releases, in which words, and what became of it. */
@RestController
@RequestMapping("/api/v1")
class CommunicationController {

    record PlanInput(@NotNull @Size(max = 50) List<@NotNull @Valid EntryInput> entries) {

        private List<CommunicationEntry> toEntries() {
            return entries.stream().map(EntryInput::toEntry).toList();
        }
    }

    record EntryInput(
            @NotNull Moment moment,
            @Size(min = 1, max = 64) @Nullable String stage,
            @NotBlank @Size(max = 64) String template,
            @NotEmpty @Size(max = 20) List<@NotNull @Valid AudienceInput> audience) {

        private CommunicationEntry toEntry() {
            return new CommunicationEntry(
                    moment,
                    stage,
                    template,
                    audience.stream().map(AudienceInput::toAudience).toList());
        }
    }

    record AudienceInput(@NotNull Audience.Kind kind, @NotBlank @Size(max = 254) String name) {

        private Audience toAudience() {
            return new Audience(kind, name);
        }
    }

    record TemplateInput(
            @NotBlank @Size(max = 200) @Pattern(regexp = "\\P{Cc}*", message = "must be one line") String subject,
            @NotBlank @Size(max = 20_000) String text) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Entry(Moment moment, @Nullable String stage, String template, List<Audience> audience) {

        static Entry of(CommunicationEntry entry) {
            return new Entry(entry.moment(), entry.stage(), entry.template(), entry.audience());
        }
    }

    record PlanRepresentation(String release, String writtenBy, Instant writtenAt, List<Entry> entries) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Mail(
            Recipient.Kind kind,
            String recipient,
            OutboxMail.State state,
            int tries,
            @Nullable Instant sentAt,
            @Nullable String trouble) {

        static Mail of(OutboxMail mail) {
            return new Mail(
                    mail.recipient().kind(),
                    mail.recipient().name(),
                    mail.state(),
                    mail.tries(),
                    mail.sentAt(),
                    mail.trouble());
        }
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Told(
            Moment moment,
            @Nullable String stage,
            String template,
            long templateVersion,
            String subject,
            String text,
            String sha256,
            Instant madeAt,
            boolean mailed,
            long recipients,
            long sent,
            long waiting,
            long failed,
            List<Mail> mails) {

        static Told of(Communications.Sending sending) {
            Announcement made = sending.announcement();
            return new Told(
                    made.moment(),
                    made.stage(),
                    made.template(),
                    made.templateVersion(),
                    made.subject(),
                    made.text(),
                    made.sha256(),
                    made.madeAt(),
                    made.mailed(),
                    sending.recipients(),
                    sending.count(OutboxMail.State.SENT),
                    sending.count(OutboxMail.State.WAITING),
                    sending.count(OutboxMail.State.FAILED),
                    sending.toSomebody().stream().map(Mail::of).toList());
        }
    }

    record CommunicationsRepresentation(List<Told> told, List<Entry> coming) {}

    private final CommunicationPlans plans;
    private final CommunicationTemplates templates;

    CommunicationController(CommunicationPlans plans, CommunicationTemplates templates) {
        this.plans = plans;
        this.templates = templates;
    }

    @GetMapping("/releases/{number}/communication-plan")
    ResponseEntity<PlanRepresentation> plan(@PathVariable String number) {
        return answer(number, plans.of(number));
    }

    @PutMapping("/releases/{number}/communication-plan")
    ResponseEntity<PlanRepresentation> plan(
            @PathVariable String number, @RequestBody @Valid PlanInput input, Precondition precondition) {
        return answer(number, plans.put(number, input.toEntries(), precondition));
    }

    private static ResponseEntity<PlanRepresentation> answer(String number, CommunicationPlan plan) {
        return ResponseEntity.ok()
                .eTag(Long.toString(plan.version()))
                .body(new PlanRepresentation(
                        number,
                        plan.writtenBy(),
                        plan.writtenAt(),
                        plan.entries().stream().map(Entry::of).toList()));
    }

    @GetMapping("/releases/{number}/communications")
    CommunicationsRepresentation communications(@PathVariable String number) {
        Communications all = plans.communications(number);
        return new CommunicationsRepresentation(
                all.told().stream().map(Told::of).toList(),
                all.coming().stream().map(Entry::of).toList());
    }

    @GetMapping("/communication-templates")
    Page<CommunicationTemplate> templates(PageQuery page) {
        return templates.list(page);
    }

    @GetMapping("/communication-templates/{key}")
    ResponseEntity<CommunicationTemplate> template(@PathVariable String key) {
        return answer(ResponseEntity.ok(), templates.get(key));
    }

    @PutMapping("/communication-templates/{key}")
    ResponseEntity<CommunicationTemplate> template(
            @PathVariable String key, @RequestBody @Valid TemplateInput input, Precondition precondition) {
        CommunicationTemplate written = templates.put(key, input.subject(), input.text(), precondition);
        return answer(
                written.version() == 1
                        ? ResponseEntity.created(URI.create("/api/v1/communication-templates/" + key))
                        : ResponseEntity.ok(),
                written);
    }

    private static ResponseEntity<CommunicationTemplate> answer(
            ResponseEntity.BodyBuilder answer, CommunicationTemplate template) {
        return answer.eTag(Long.toString(template.version())).body(template);
    }
}
