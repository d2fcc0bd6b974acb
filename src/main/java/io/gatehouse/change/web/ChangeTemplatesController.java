package io.gatehouse.change.web;

import io.gatehouse.api.Page;
import io.gatehouse.api.PageQuery;
import io.gatehouse.api.Precondition;
import io.gatehouse.catalog.CatalogKey;
import io.gatehouse.change.CatalogueEntry;
import io.gatehouse.change.ChangeTemplates;
import io.gatehouse.change.TemplateDrafts;
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

/** The catalogue of standard changes. */
@RestController
@RequestMapping("/api/v1/change-templates")
class ChangeTemplatesController {

    private final ChangeTemplates templates;
    private final TemplateDrafts drafts;

    ChangeTemplatesController(ChangeTemplates templates, TemplateDrafts drafts) {
        this.templates = templates;
        this.drafts = drafts;
    }

    @GetMapping
    Page<TemplateRepresentation> list(PageQuery page) {
        return templates.list(page).map(TemplateRepresentation::of);
    }

    @GetMapping("/{key}")
    ResponseEntity<TemplateRepresentation> show(@PathVariable String key) {
        return answer(ResponseEntity.ok(), templates.get(key));
    }

    /** Writes the version that is proposed next. */
    @PutMapping("/{key}")
    @Transactional
    ResponseEntity<TemplateRepresentation> put(
            @PathVariable @Pattern(regexp = CatalogKey.PATTERN, message = CatalogKey.MESSAGE) String key,
            @RequestBody @Valid TemplateInput input,
            Precondition precondition) {
        boolean created = !templates.exists(key);
        drafts.write(key, input.content(), precondition);
        return answer(
                created ? ResponseEntity.created(URI.create("/api/v1/change-templates/" + key)) : ResponseEntity.ok(),
                templates.get(key));
    }

    static ResponseEntity<TemplateRepresentation> answer(ResponseEntity.BodyBuilder answer, CatalogueEntry entry) {
        return answer.eTag(Long.toString(entry.version())).body(TemplateRepresentation.of(entry));
    }
}
