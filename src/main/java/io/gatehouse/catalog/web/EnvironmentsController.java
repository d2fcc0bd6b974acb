package io.gatehouse.catalog.web;

import io.gatehouse.api.Page;
import io.gatehouse.api.PageQuery;
import io.gatehouse.api.Precondition;
import io.gatehouse.catalog.CatalogKey;
import io.gatehouse.catalog.DeploymentFilter;
import io.gatehouse.catalog.Deployments;
import io.gatehouse.catalog.Environment;
import io.gatehouse.catalog.Environments;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Pattern;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Environments and what is deployed in them. */
@RestController
@RequestMapping("/api/v1/environments")
class EnvironmentsController {

    private final Environments environments;
    private final Deployments deployments;

    EnvironmentsController(Environments environments, Deployments deployments) {
        this.environments = environments;
        this.deployments = deployments;
    }

    @GetMapping
    Page<EnvironmentRepresentation> list(PageQuery page) {
        return environments.list(page).map(EnvironmentRepresentation::of);
    }

    @GetMapping("/{key}")
    ResponseEntity<EnvironmentRepresentation> show(@PathVariable String key) {
        return answer(ResponseEntity.ok(), environments.get(key));
    }

    @PutMapping("/{key}")
    ResponseEntity<EnvironmentRepresentation> put(
            @PathVariable @Pattern(regexp = CatalogKey.PATTERN, message = CatalogKey.MESSAGE) String key,
            @RequestBody @Valid EnvironmentInput input,
            Precondition precondition) {
        Environment saved = environments.put(input.environment(key), precondition);
        boolean created = saved.version() == 1;
        return answer(
                created ? ResponseEntity.created(URI.create("/api/v1/environments/" + key)) : ResponseEntity.ok(),
                saved);
    }

    @GetMapping("/{key}/deployments")
    Page<DeploymentRepresentation> deployments(
            @PathVariable String key,
            PageQuery page,
            @RequestParam(required = false) @Nullable String service,
            @RequestParam(defaultValue = "false") boolean live) {
        DeploymentFilter filter =
                new DeploymentFilter(service, environments.get(key).key(), live);
        return deployments.list(filter, page).map(DeploymentRepresentation::of);
    }

    private static ResponseEntity<EnvironmentRepresentation> answer(
            ResponseEntity.BodyBuilder answer, Environment environment) {
        return answer.eTag(Long.toString(environment.version())).body(EnvironmentRepresentation.of(environment));
    }
}
