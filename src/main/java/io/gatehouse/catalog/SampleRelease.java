package io.gatehouse.catalog;

import java.time.Instant;
import java.util.SortedMap;

/**
 * A release that somebody asked for in 2022 or 2023, as input for trying Gatehouse out; see {@code sample/README.md}.
 *
 * @param request the request's own id
 * @param requestedAt when it was written
 * @param approvedAt when it was approved, which started the release
 * @param series the release train, {@code antelope} or {@code bobcat}
 * @param kind {@code final}, {@code candidate} or {@code beta}
 * @param security whether it fixes a vulnerability
 * @param versions what is released: version by key of the service
 */
public record SampleRelease(
        String request,
        Instant requestedAt,
        Instant approvedAt,
        String series,
        String kind,
        boolean security,
        SortedMap<String, String> versions) {}
