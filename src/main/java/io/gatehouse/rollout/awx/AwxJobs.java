package io.gatehouse.rollout.awx;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A page of the jobs of a template, the newest first.
 *
 * @param last whether there are no older ones
 */
record AwxJobs(List<AwxJob> jobs, boolean last) {

    /** @throws IOException if it is none */
    static AwxJobs of(JsonNode json) throws IOException {
        if (!json.path("results").isArray() || !json.has("next")) {
            throw new IOException("The tool answered with what is no list of jobs");
        }
        List<AwxJob> jobs = new ArrayList<>();
        for (JsonNode each : json.path("results")) {
            jobs.add(AwxJob.of(each));
        }
        return new AwxJobs(
                List.copyOf(jobs), jobs.isEmpty() || json.path("next").isNull());
    }

    Optional<AwxJob> launchedWith(String key) {
        return jobs.stream().filter(job -> job.wasLaunchedWith(key)).findFirst();
    }

    /** Whether what was launched since then is on this page or those before. */
    boolean reachBackTo(Instant moment) {
        return last || oldest().isOlderThan(moment);
    }

    /** Where the next page begins. */
    OptionalLong below() {
        return OptionalLong.of(Long.parseLong(oldest().id()));
    }

    private AwxJob oldest() {
        return jobs.get(jobs.size() - 1);
    }
}
