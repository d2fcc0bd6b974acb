package io.gatehouse.rollout.web;

import io.gatehouse.api.Page;
import io.gatehouse.api.PageQuery;
import io.gatehouse.api.Precondition;
import io.gatehouse.api.ProblemException;
import io.gatehouse.catalog.CatalogKey;
import io.gatehouse.rollout.PlanTemplates;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Pattern;
import java.net.URI;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Plans that are kept under a name, by which releases say how they are rolled out. */
@RestController
@RequestMapping("/api/v1/rollout-plan-templates")
@Transactional
class PlanTemplatesController {

    /** A template in a list. */
    record Named(String key, long version, PlanRepresentation plan) {

        private static Named of(PlanTemplates.Template template) {
            return new Named(
                    template.key(),
                    template.stored().version(),
                    PlanRepresentation.of(template.stored().plan()));
        }
    }

    private final PlanTemplates templates;

    PlanTemplatesController(PlanTemplates templates) {
        this.templates = templates;
    }

    @GetMapping
    Page<Named> list(PageQuery page) {
        return templates.list(page).map(Named::of);
    }

    @GetMapping("/{key}")
    ResponseEntity<PlanRepresentation> show(@PathVariable String key) {
        return templates
                .find(key)
                .map(found -> PlanRepresentation.answer(ResponseEntity.ok(), found.stored()))
                .orElseThrow(() -> ProblemException.notFound(
                        "plan-template-not-found",
                        "No such plan template",
                        "No rollout plan is kept under this key; GET /api/v1/rollout-plan-templates lists all."));
    }

    @PutMapping("/{key}")
    ResponseEntity<PlanRepresentation> put(
            @PathVariable @Pattern(regexp = CatalogKey.PATTERN, message = CatalogKey.MESSAGE) String key,
            @RequestBody @Valid PlanInput input,
            Precondition precondition) {
        PlanTemplates.Template written = templates.put(key, input.toPlan(), precondition);
        return PlanRepresentation.answer(
                written.stored().version() == 1
                        ? ResponseEntity.created(URI.create("/api/v1/rollout-plan-templates/" + key))
                        : ResponseEntity.ok(),
                written.stored());
    }
}
