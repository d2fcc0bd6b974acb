package io.gatehouse.release;

import io.gatehouse.access.OwnedResource;
import io.gatehouse.access.Ownership;
import io.gatehouse.catalog.Services;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * A test of a stage belongs to the teams of all services in the package, and is run in the environment of the stage. That
 * matters for tools only: people are asked for its result.
 */
@Component
class TestOwnership implements OwnedResource {

    private final StageRows rows;
    private final ReleaseRows releases;
    private final Services services;

    TestOwnership(StageRows rows, ReleaseRows releases, Services services) {
        this.rows = rows;
        this.releases = releases;
        this.services = services;
    }

    @Override
    public String address() {
        return "/api/v1/release-tests";
    }

    @Override
    public Optional<Ownership> find(String number) {
        return TestRun.findId(number).stream()
                .boxed()
                .flatMap(id -> rows.runOf(id).stream())
                .findFirst()
                .flatMap(run -> releases.find(run.release()).map(release -> of(release, run.stage(), Set.of(number))));
    }

    /** Whose a test in a stage of a release is or would be. */
    Ownership of(Release release, String stage) {
        return of(release, stage, Set.of());
    }

    private Ownership of(Release release, String stage, Set<String> numbers) {
        String environment = release.content().stages().stream()
                .filter(one -> one.name().equals(stage))
                .map(ReleaseStage::environment)
                .findFirst()
                .orElse(null);
        return new Ownership(
                numbers, Set.of(), services.ownerGroups(release.content().services()), environment);
    }
}
