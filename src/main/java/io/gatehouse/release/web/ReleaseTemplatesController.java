package io.gatehouse.release.web;

import io.gatehouse.api.Page;
import io.gatehouse.api.PageQuery;
import io.gatehouse.api.Precondition;
import io.gatehouse.catalog.CatalogKey;
import io.gatehouse.release.GoNoGoSeat;
import io.gatehouse.release.ReleaseContent;
import io.gatehouse.release.ReleaseStage;
import io.gatehouse.release.ReleaseTemplate;
import io.gatehouse.release.ReleaseTemplateContent;
import io.gatehouse.release.ReleaseTemplates;
import io.gatehouse.release.TemplateCriterion;
import io.gatehouse.release.TemplateStage;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Templates by which releases are planned. */
@RestController
@RequestMapping("/api/v1/release-templates")
@Transactional
class ReleaseTemplatesController {

    record TemplateInput(
            @NotBlank @Size(max = 200) String name,
            @Size(max = 20_000) @Nullable String description,
            @Size(max = 20) @Valid @Nullable List<@NotNull TemplateStageInput> stages,
            @Size(max = 50) @Valid @Nullable List<@NotNull CriterionInput> criteria,
            @Size(min = 1, max = 20) @Valid @Nullable List<ReleaseInput.@NotNull SeatInput> seats,
            @Size(max = 64) @Nullable String rolloutPlan) {

        private ReleaseTemplateContent toContent() {
            return new ReleaseTemplateContent(
                    name,
                    description,
                    stages == null
                            ? List.of()
                            : stages.stream().map(TemplateStageInput::toStage).toList(),
                    criteria == null
                            ? List.of()
                            : criteria.stream().map(CriterionInput::toCriterion).toList(),
                    seats == null
                            ? ReleaseContent.USUAL_SEATS
                            : seats.stream().map(ReleaseInput.SeatInput::toSeat).toList(),
                    rolloutPlan);
        }
    }

    record TemplateStageInput(
            @NotBlank @Size(max = 64) @Pattern(regexp = CatalogKey.PATTERN, message = CatalogKey.MESSAGE) String name,
            @NotBlank @Size(max = 64) String environment,
            @NotNull @Min(1) @Max(365) Integer daysBefore,
            @NotNull @Min(1) @Max(365) Integer days,
            @Size(max = 20) @Valid @Nullable List<@NotNull StageTestInput> tests,
            @Size(max = 20) @Nullable List<@NotBlank @Size(max = 500) String> exitCriteria,
            @Size(max = 64) @Nullable String signedOffBy,
            @Size(min = 1, max = 20) @Nullable List<@NotBlank @Size(max = 64) String> approvals,
            @Size(max = 64) @Nullable String changeTemplate,
            @Nullable Boolean rehearsesRollback,
            @Size(max = 64) @Nullable String rolloutPlan) {

        private TemplateStage toStage() {
            return new TemplateStage(
                    name,
                    environment,
                    daysBefore,
                    days,
                    StageTestInput.toTests(tests),
                    exitCriteria == null ? List.of() : exitCriteria,
                    signedOffBy == null && approvals == null ? ReleaseStage.USUAL_SIGN_OFF : signedOffBy,
                    approvals == null ? List.of() : approvals,
                    changeTemplate,
                    Boolean.TRUE.equals(rehearsesRollback),
                    rolloutPlan);
        }
    }

    record CriterionInput(
            @NotBlank @Size(max = 200) @Pattern(regexp = "[^\\r\\n]*", message = "must be one line") String title,
            @NotBlank @Size(max = 64) String askedGroup,
            @NotNull @Min(0) @Max(365) Integer daysBefore) {

        private TemplateCriterion toCriterion() {
            return new TemplateCriterion(title, askedGroup, daysBefore);
        }
    }

    record CopyInput(@NotBlank @Pattern(regexp = CatalogKey.PATTERN, message = CatalogKey.MESSAGE) String key) {}

    record RetirementInput(@NotBlank @Size(max = 1000) String reason) {}

    record TemplateRepresentation(
            String key,
            int version,
            String name,
            @Nullable String description,
            List<TemplateStage> stages,
            List<TemplateCriterion> criteria,
            List<GoNoGoSeat> seats,
            @Nullable String rolloutPlan,
            String writtenBy,
            Instant writtenAt,
            @Nullable String retiredBecause) {

        private static TemplateRepresentation of(ReleaseTemplate template) {
            return new TemplateRepresentation(
                    template.key(),
                    template.version(),
                    template.content().name(),
                    template.content().description(),
                    template.content().stages(),
                    template.content().criteria(),
                    template.content().seats(),
                    template.content().rolloutPlan(),
                    template.writtenBy(),
                    template.writtenAt(),
                    template.retiredBecause());
        }
    }

    private final ReleaseTemplates templates;

    ReleaseTemplatesController(ReleaseTemplates templates) {
        this.templates = templates;
    }

    @GetMapping
    Page<TemplateRepresentation> list(PageQuery page) {
        return templates.list(page).map(TemplateRepresentation::of);
    }

    @GetMapping("/{key}")
    ResponseEntity<TemplateRepresentation> show(@PathVariable String key) {
        return answer(ResponseEntity.ok(), templates.get(key));
    }

    @GetMapping("/{key}/versions")
    List<TemplateRepresentation> versions(@PathVariable String key) {
        return templates.versions(key).stream().map(TemplateRepresentation::of).toList();
    }

    @PutMapping("/{key}")
    ResponseEntity<TemplateRepresentation> put(
            @PathVariable @Pattern(regexp = CatalogKey.PATTERN, message = CatalogKey.MESSAGE) String key,
            @RequestBody @Valid TemplateInput input,
            Precondition precondition) {
        ReleaseTemplate written = templates.put(key, input.toContent(), precondition);
        return answer(written.version() == 1 ? created(key) : ResponseEntity.ok(), written);
    }

    @PostMapping("/{key}/copies")
    ResponseEntity<TemplateRepresentation> copy(@PathVariable String key, @RequestBody @Valid CopyInput input) {
        return answer(created(input.key()), templates.copy(key, input.key()));
    }

    @PostMapping("/{key}/retirement")
    ResponseEntity<TemplateRepresentation> retire(@PathVariable String key, @RequestBody @Valid RetirementInput input) {
        return answer(ResponseEntity.ok(), templates.retire(key, input.reason()));
    }

    private static ResponseEntity.BodyBuilder created(String key) {
        return ResponseEntity.created(URI.create("/api/v1/release-templates/" + key));
    }

    private static ResponseEntity<TemplateRepresentation> answer(
            ResponseEntity.BodyBuilder answer, ReleaseTemplate template) {
        return answer.eTag(Integer.toString(template.version())).body(TemplateRepresentation.of(template));
    }
}
