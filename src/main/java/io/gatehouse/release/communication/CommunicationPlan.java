package io.gatehouse.release.communication;

import io.gatehouse.audit.Fingerprint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Who hears what of a release.
 *
 * @param release what is stored of the number of the release
 * @param version counts every write
 * @param entries in the order in which they were written
 */
public record CommunicationPlan(
        String release, long version, String writtenBy, Instant writtenAt, List<CommunicationEntry> entries) {

    /** The same but for a mail address; an entry that told nobody else tells nobody. */
    CommunicationPlan without(String address) {
        return new CommunicationPlan(
                release,
                version + 1,
                writtenBy,
                writtenAt,
                entries.stream().map(entry -> entry.without(address)).toList());
    }

    /** By this its rows are compared with the audit trail. */
    String fingerprint() {
        List<@Nullable Object> row = new ArrayList<>(Arrays.asList(release, version, writtenBy, writtenAt));
        // Each kind of rows in the order of what is written in them, which begins with their position.
        List<Integer> positions = IntStream.range(0, entries.size())
                .boxed()
                .sorted(Comparator.comparing(String::valueOf))
                .toList();
        row.add(entries.size());
        for (int position : positions) {
            CommunicationEntry one = entries.get(position);
            row.addAll(Arrays.asList(position, one.moment(), one.stage(), one.template()));
        }
        row.add(entries.stream().mapToInt(one -> one.audience().size()).sum());
        for (int position : positions) {
            entries.get(position).audience().forEach(one -> row.addAll(List.of(position, one.kind(), one.name())));
        }
        return Fingerprint.of(row);
    }
}
