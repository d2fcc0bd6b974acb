package io.gatehouse.release;

import io.gatehouse.release.train.Trains;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Of which series releases are: that of their train if it is of one, else the one that they name themselves. */
@Component
public class ReleaseSeries {

    private final Trains trains;

    ReleaseSeries(Trains trains) {
        this.trains = trains;
    }

    public Optional<String> of(Release release) {
        return Optional.ofNullable(of(List.of(release)).get(release.number()));
    }

    /** By their numbers; those that are of none are left out. */
    public Map<String, String> of(Collection<Release> releases) {
        Map<String, String> ofTrains = trains.series(releases.stream()
                .map(release -> release.content().train())
                .filter(Objects::nonNull)
                .distinct()
                .toList());
        Map<String, String> series = new HashMap<>();
        for (Release release : releases) {
            String own = release.content().series();
            String of = release.content().train() == null
                    ? own
                    : ofTrains.getOrDefault(release.content().train(), own);
            if (of != null) {
                series.put(release.number(), of);
            }
        }
        return series;
    }
}
