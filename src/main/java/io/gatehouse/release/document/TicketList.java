package io.gatehouse.release.document;

import io.gatehouse.audit.Fingerprint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What the package of a release is made of.
 *
 * @param release what is stored of the number of the release
 * @param version counts every write
 * @param tickets in the order in which they were listed
 */
public record TicketList(
        String release, long version, String writtenBy, Instant writtenAt, List<ReleaseTicket> tickets) {

    /** By this its rows are compared with the audit trail. */
    String fingerprint() {
        List<@Nullable Object> row =
                new ArrayList<>(Arrays.asList(release, version, writtenBy, writtenAt, tickets.size()));
        // In the order of what is written in them, which begins with their position.
        IntStream.range(0, tickets.size())
                .boxed()
                .sorted(Comparator.comparing(String::valueOf))
                .forEach(position -> {
                    ReleaseTicket one = tickets.get(position);
                    row.addAll(Arrays.asList(position, one.service(), one.kind(), one.key(), one.title(), one.url()));
                });
        return Fingerprint.of(row);
    }
}
