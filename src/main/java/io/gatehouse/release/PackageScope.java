package io.gatehouse.release;

import io.gatehouse.change.Artifact;
import io.gatehouse.release.train.Milestone;
import io.gatehouse.release.train.MilestoneKind;
import io.gatehouse.release.train.Trains;
import java.time.LocalDate;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Until when a package can be put together freely. Its scope is fixed from its confirmation on, and from the day after a
 * cut-off of its train that is about the whole train or one of the services that would be altered.
 */
@Component
class PackageScope {

    private static final Set<ReleaseState> CONFIRMED =
            EnumSet.of(ReleaseState.TESTING, ReleaseState.DECIDING, ReleaseState.WAITING);

    private final Trains trains;

    PackageScope(Trains trains) {
        this.trains = trains;
    }

    /** Why a package must not simply be written anew; empty if it may. Days are those of UTC. */
    Optional<String> fixedBecause(Release release, List<Artifact> wanted, LocalDate today) {
        Set<String> altered = altered(release.content().items(), wanted);
        if (altered.isEmpty()) {
            return Optional.empty();
        }
        if (CONFIRMED.contains(release.state())) {
            return Optional.of("its package is confirmed");
        }
        return Optional.ofNullable(release.content().train())
                .flatMap(trains::find)
                .flatMap(train -> train.content().schedule().milestones().stream()
                        .filter(milestone -> milestone.kind() == MilestoneKind.CUT_OFF)
                        .filter(milestone -> milestone.endsOn().isBefore(today))
                        .filter(milestone -> isAbout(milestone, altered))
                        .map(milestone ->
                                "the cut-off " + milestone.name() + " of its train was on " + milestone.endsOn())
                        .findFirst());
    }

    private static boolean isAbout(Milestone milestone, Collection<String> services) {
        return milestone.service() == null ? milestone.about() == null : services.contains(milestone.service());
    }

    /** The services that get something else, or nothing any more. */
    static Set<String> altered(List<Artifact> before, List<Artifact> after) {
        Set<Artifact> different = new HashSet<>(before);
        different.addAll(after);
        different.removeIf(item -> before.contains(item) && after.contains(item));
        return different.stream().map(Artifact::service).collect(Collectors.toSet());
    }
}
