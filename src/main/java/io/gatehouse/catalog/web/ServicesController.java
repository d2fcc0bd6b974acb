package io.gatehouse.catalog.web;

import io.gatehouse.api.Page;
import io.gatehouse.api.PageQuery;
import io.gatehouse.api.Precondition;
import io.gatehouse.catalog.CatalogKey;
import io.gatehouse.catalog.DeploymentFilter;
import io.gatehouse.catalog.Deployments;
import io.gatehouse.catalog.Service;
import io.gatehouse.catalog.ServiceFilter;
import io.gatehouse.catalog.Services;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
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

/** Services and where they are deployed. */
@RestController
@RequestMapping("/api/v1/services")
class ServicesController {

    private final Services services;
    private final Deployments deployments;

    ServicesController(Services services, Deployments deployments) {
        this.services = services;
        this.deployments = deployments;
    }

    @GetMapping
    Page<ServiceRepresentation> list(
            PageQuery page,
            @RequestParam(required = false) @Nullable String ownerGroup,
            @RequestParam(required = false) @Min(1) @Max(4) @Nullable Integer tier,
            @RequestParam(required = false) @Nullable String complianceScope,
            @RequestParam(required = false) @Nullable String dependsOn) {
        ServiceFilter filter = new ServiceFilter(ownerGroup, tier, complianceScope, dependsOn);
        return services.list(filter, page).map(ServiceRepresentation::of);
    }

    @GetMapping("/{key}")
    ResponseEntity<ServiceRepresentation> show(@PathVariable String key) {
        return answer(ResponseEntity.ok(), services.get(key));
    }

    @PutMapping("/{key}")
    ResponseEntity<ServiceRepresentation> put(
            @PathVariable @Pattern(regexp = CatalogKey.PATTERN, message = CatalogKey.MESSAGE) String key,
            @RequestBody @Valid ServiceInput input,
            Precondition precondition) {
        Service saved = services.put(key, input.description(), precondition);
        boolean created = saved.version() == 1;
        return answer(
                created ? ResponseEntity.created(URI.create("/api/v1/services/" + key)) : ResponseEntity.ok(), saved);
    }

    @GetMapping("/{key}/deployments")
    Page<DeploymentRepresentation> deployments(
            @PathVariable String key,
            PageQuery page,
            @RequestParam(required = false) @Nullable String environment,
            @RequestParam(defaultValue = "false") boolean live) {
        DeploymentFilter filter = new DeploymentFilter(services.get(key).key(), environment, live);
        return deployments.list(filter, page).map(DeploymentRepresentation::of);
    }

    private static ResponseEntity<ServiceRepresentation> answer(ResponseEntity.BodyBuilder answer, Service service) {
        return answer.eTag(Long.toString(service.version())).body(ServiceRepresentation.of(service));
    }
}
