package io.gatehouse.release;

import io.gatehouse.audit.Fingerprint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How ready a release was found to be, when that had changed.
 *
 * @param missing in the order of the criteria
 */
public record ReadinessNote(Instant at, int score, List<Missing> missing) {

    /** What was missing then, whose it was and since when. */
    public record Missing(String criterion, @Nullable String about, @Nullable String owner, Instant since) {

        boolean isOf(ReadinessItem item) {
            return criterion.equals(item.criterion()) && Objects.equals(about, item.about());
        }

        private boolean isAsIn(Missing other) {
            return equals(new Missing(other.criterion, other.about, other.owner, since));
        }
    }

    /** Whether it says the same; since when something is missing follows from that. */
    boolean saysAs(ReadinessNote other) {
        return score == other.score
                && missing.size() == other.missing.size()
                && missing.stream().allMatch(one -> other.missing.stream().anyMatch(one::isAsIn));
    }

    /** By this its rows are compared with the audit trail. */
    String fingerprint(long id, String release) {
        List<@Nullable Object> row = new ArrayList<>(List.of(id, release, at, score, missing.size()));
        IntStream.rangeClosed(1, missing.size())
                .boxed()
                .sorted(Comparator.comparing(String::valueOf))
                .forEach(position -> {
                    Missing one = missing.get(position - 1);
                    row.addAll(Arrays.asList(position, one.criterion(), one.about(), one.owner(), one.since()));
                });
        return Fingerprint.of(row);
    }
}
