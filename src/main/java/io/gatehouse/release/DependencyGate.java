package io.gatehouse.release;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** A release does not enter a stage before what it needs for that or for an earlier one has got there. */
@Component
class DependencyGate implements StageGate {

    private final DependencyRows rows;

    DependencyGate(DependencyRows rows) {
        this.rows = rows;
    }

    /**
     * Whoever asks so that it may wait has locked the entrance, and so does whoever wakes those who wait: what it needs is
     * through now, or will wake it.
     */
    @Override
    public Optional<String> whyNot(Release release, String stage) {
        List<String> all = release.stageNames();
        List<String> upTo = all.subList(0, all.indexOf(stage) + 1);
        String waits = rows.of(release.stored()).stream()
                .filter(dependency -> upTo.contains(placed(dependency.stage(), all)))
                .flatMap(dependency -> dependency.waits().stream())
                .collect(Collectors.joining("; "));
        return waits.isEmpty() ? Optional.empty() : Optional.of(release.number() + " " + waits + ".");
    }

    /** A stage that the release no longer has was to come before its last one. */
    private static String placed(String stage, List<String> all) {
        return all.contains(stage) ? stage : PRODUCTION;
    }
}
