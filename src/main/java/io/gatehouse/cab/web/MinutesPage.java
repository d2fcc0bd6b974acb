package io.gatehouse.cab.web;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The document of minutes as its page shows it; also one that was frozen by an earlier version. */
final class MinutesPage {

    private MinutesPage() {}

    static Map<String, Object> of(Map<String, Object> document) {
        Map<String, Object> page = new TreeMap<>(document);
        page.put(
                "items",
                list(document.get("items")).stream().map(MinutesPage::item).toList());
        return page;
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
