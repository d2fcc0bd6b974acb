package io.gatehouse.catalog;

import io.gatehouse.catalog.SampleFile.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The 25 release requests of the sample organisation. */
public final class SampleReleases {

    private SampleReleases() {}

    /** All requests in the order in which they were approved. */
    public static List<SampleRelease> all() {
        Map<String, List<Row>> requests = SampleFile.rows("releases.csv").stream()
                .collect(Collectors.groupingBy(row -> row.text("request_id"), LinkedHashMap::new, Collectors.toList()));
        return requests.values().stream().map(SampleReleases::release).toList();
    }

    private static SampleRelease release(List<Row> rows) {
        Row first = rows.get(0);
        SortedMap<String, String> versions = new TreeMap<>();
        rows.forEach(row -> versions.put(row.text("deliverable"), row.text("version")));
        return new SampleRelease(
                first.text("request_id"),
                moment(first.text("requested_at")),
                moment(first.text("approved_at")),
                first.text("series"),
                first.text("kind"),
                first.text("security").equals("yes"),
                versions);
    }

    static Instant moment(String text) {
        return OffsetDateTime.parse(text).toInstant();
    }
}
