package io.gatehouse.change.web;

import io.gatehouse.access.CurrentPerson;
import io.gatehouse.change.ChangeTemplates;
import io.gatehouse.change.TemplateDrafts;
import io.gatehouse.change.TemplateModel;
import io.gatehouse.change.TemplateReviews;
import io.gatehouse.change.TemplateSuspensions;
import io.gatehouse.change.TemplateUses;
import io.gatehouse.change.TemplateVersion;
import io.gatehouse.change.TemplateVersions;
import io.gatehouse.engine.Tasks;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Map;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The life of a template: submitted, let in by somebody else, suspended, brought back or retired. */
@RestController
@RequestMapping("/api/v1/change-templates/{key}")
@Transactional
class TemplateStepsController {

    enum ReviewDecision {
        LET_IN,
        REFUSE
    }

    /** @param version the one that was read */
    record ReviewInput(
            @NotNull Integer version, @NotNull ReviewDecision decision, @NotBlank @Size(max = 2000) String reason) {}

    record ReasonInput(@NotBlank @Size(max = 2000) String reason) {}

    record DecisionInput(@NotNull TemplateSuspensions.Decision decision, @NotBlank @Size(max = 2000) String reason) {}

    private final ChangeTemplates templates;
    private final TemplateVersions versions;
    private final TemplateUses uses;
    private final TemplateDrafts drafts;
    private final TemplateSuspensions suspensions;
    private final TemplateReviews reviews;
    private final Tasks tasks;
    private final CurrentPerson currentPerson;

    TemplateStepsController(
            ChangeTemplates templates,
            TemplateVersions versions,
            TemplateUses uses,
            TemplateDrafts drafts,
            TemplateSuspensions suspensions,
            TemplateReviews reviews,
            Tasks tasks,
            CurrentPerson currentPerson) {
        this.templates = templates;
        this.versions = versions;
        this.uses = uses;
        this.drafts = drafts;
        this.suspensions = suspensions;
        this.reviews = reviews;
        this.tasks = tasks;
        this.currentPerson = currentPerson;
    }

    /**
     * Every version, newest first, with who wrote it, who let it in and how its latest changes ended. Whoever may let one
     * in looks at what they decide about; that is on record.
     */
    @GetMapping("/versions")
    List<TemplateVersionRepresentation> versions(@PathVariable String key) {
        templates.get(key);
        List<TemplateVersion> all = versions.of(key);
        currentPerson.find().ifPresent(person -> reviews.viewed(all, person));
        return all.stream()
                .map(version -> TemplateVersionRepresentation.of(version, uses.of(version)))
                .toList();
    }

    /** Has what was written last reviewed by somebody else. */
    @PostMapping("/submission")
    ResponseEntity<TemplateRepresentation> submit(@PathVariable String key) {
        templates.get(key);
        drafts.submit(key);
        return answer(key);
    }

    /** The task "Review template" through the API. */
    @PostMapping("/reviews")
    ResponseEntity<TemplateRepresentation> review(@PathVariable String key, @RequestBody @Valid ReviewInput input) {
        templates.get(key);
        tasks.submit(
                versions.numberOf(key, input.version()),
                TemplateModel.REVIEW,
                null,
                Map.of("decision", input.decision().name(), "reason", input.reason()));
        return answer(key);
    }

    /** Takes it out of use at once; its owner is asked what becomes of it. */
    @PostMapping("/suspension")
    ResponseEntity<TemplateRepresentation> suspend(@PathVariable String key, @RequestBody @Valid ReasonInput input) {
        suspensions.suspend(key, input.reason());
        return answer(key);
    }

    /** The task "Decide on suspended template" through the API. */
    @PostMapping("/decisions")
    ResponseEntity<TemplateRepresentation> decide(@PathVariable String key, @RequestBody @Valid DecisionInput input) {
        tasks.submit(
                suspensions.suspendedVersion(key),
                TemplateModel.DECIDE,
                null,
                Map.of("decision", input.decision().name(), "reason", input.reason()));
        return answer(key);
    }

    /** Takes it out of use for good. */
    @PostMapping("/retirement")
    ResponseEntity<TemplateRepresentation> retire(@PathVariable String key, @RequestBody @Valid ReasonInput input) {
        suspensions.retire(key, input.reason());
        return answer(key);
    }

    private ResponseEntity<TemplateRepresentation> answer(String key) {
        return ChangeTemplatesController.answer(ResponseEntity.ok(), templates.get(key));
    }
}
