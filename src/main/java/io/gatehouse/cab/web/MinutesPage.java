package io.gatehouse.cab.web;

import io.gatehouse.cab.MeetingTime;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The document of minutes as its page shows it; also one that was frozen by an earlier version. */
final class MinutesPage {

    private MinutesPage() {}

    static Map<String, Object> of(Map<String, Object> document) {
        Map<String, Object> page = new TreeMap<>(document);
        ZoneId zone = ZoneId.of(String.valueOf(document.getOrDefault("timeZone", "UTC")));
        page.put(
                "planned",
                MeetingTime.between(moment(document, "plannedFrom"), moment(document, "plannedUntil"), zone));
        for (String step : List.of("opened", "closed")) {
            page.put(step, MeetingTime.of(moment(document, step + "At"), zone) + " by " + document.get(step + "By"));
        }
        page.put(
                "items",
                list(document.get("items")).stream().map(MinutesPage::item).toList());
        return page;
    }

    private static Instant moment(Map<String, Object> document, String field) {
        return Instant.parse(String.valueOf(document.get(field)));
    }

    private static Map<Object, Object> item(Object written) {
        Map<Object, Object> item = new TreeMap<>((Map<?, ?>) written);
        item.put(
                "conditions",
                list(item.get("conditions")).stream()
                        .map(MinutesPage::condition)
                        .toList());
        return item;
    }

    /** Was text alone when conditions had no tasks. */
    private static Object condition(Object written) {
        return written instanceof String ? Map.of("condition", written) : written;
    }

    private static List<?> list(@Nullable Object written) {
        return written instanceof List<?> list ? list : List.of();
    }
}
