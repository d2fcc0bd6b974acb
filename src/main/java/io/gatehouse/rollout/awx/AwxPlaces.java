package io.gatehouse.rollout.awx;

import io.gatehouse.rollout.http.ToolApi;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Where things are in the API of an AWX, whose addresses all end with a slash. */
record AwxPlaces(ToolApi api, AwxSettings settings) {

    /** How many jobs a page has; each is several kilobytes. */
    private static final int PAGE = 25;

    /** How many events are asked for at once; of each AWX shows a kilobyte of what it printed, and more besides. */
    private static final int EVENTS = 50;

    URI launch() {
        return at(Map.of(), "job_templates", Long.toString(settings.template()), "launch");
    }

    /** The jobs of the template, the newest first, from the newest one or from below a certain one. */
    URI jobs(OptionalLong below) {
        Map<String, String> query = new HashMap<>(Map.of("order_by", "-id", "page_size", Integer.toString(PAGE)));
        // And not by the number of a page: jobs that are added or deleted meanwhile would move what is on it.
        below.ifPresent(id -> query.put("id__lt", Long.toString(id)));
        return at(query, "job_templates", Long.toString(settings.template()), "jobs");
    }

    URI job(String id) {
        return at(Map.of(), "jobs", id);
    }

    URI cancel(String id) {
        return at(Map.of(), "jobs", id, "cancel");
    }

    /** What the job printed. As {@code txt}, AWX would answer with a sentence in place of a large one. */
    URI log(String id) {
        return at(Map.of("format", "txt_download"), "jobs", id, "stdout");
    }

    /** What it has printed after a certain event; each event has a number, one more than that before. */
    URI events(String id, long after) {
        return at(
                Map.of(
                        "counter__gt",
                        Long.toString(after),
                        "order_by",
                        "counter",
                        "page_size",
                        Integer.toString(EVENTS)),
                "jobs",
                id,
                "job_events");
    }

    /** For people. */
    String page(String id) {
        return settings.url().replaceFirst("/$", "") + settings.jobPage().replace("{id}", id);
    }

    private URI at(Map<String, String> query, String... segments) {
        String[] all = Stream.concat(Stream.of(settings.apiPath().split("/")), Stream.of(segments))
                .toArray(String[]::new);
        return URI.create(api.address(query, all).toString().replaceFirst("\\?|$", "/$0"));
    }
}
