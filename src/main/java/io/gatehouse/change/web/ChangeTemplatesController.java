package io.gatehouse.change.web;

import io.gatehouse.api.Page;
import io.gatehouse.api.PageQuery;
import io.gatehouse.api.Precondition;
import io.gatehouse.catalog.CatalogKey;
import io.gatehouse.change.ChangeTemplate;
import io.gatehouse.change.ChangeTemplates;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Pattern;
import java.net.URI;
import org.springframework.http.ResponseEntity;
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

    ChangeTemplatesController(ChangeTemplates templates) {
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

    @PutMapping("/{key}")
    ResponseEntity<TemplateRepresentation> put(
            @PathVariable @Pattern(regexp = CatalogKey.PATTERN, message = CatalogKey.MESSAGE) String key,
            @RequestBody @Valid TemplateInput input,
            Precondition precondition) {
        ChangeTemplate saved = templates.put(input.template(key), precondition);
        boolean created = saved.version() == 1;
        return answer(
                created ? ResponseEntity.created(URI.create("/api/v1/change-templates/" + key)) : ResponseEntity.ok(),
                saved);
    }

    private static ResponseEntity<TemplateRepresentation> answer(
            ResponseEntity.BodyBuilder answer, ChangeTemplate template) {
        return answer.eTag(Long.toString(template.version())).body(TemplateRepresentation.of(template));
    }
}
