package io.gatehouse.rollout.prometheus;

import io.gatehouse.rollout.http.ToolDouble;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;

/** Answers as "HTTP API", "Expression queries" and "Expression query result formats" (Prometheus 2) describe it. */
class PrometheusDouble extends ToolDouble {

    private static final Set<String> INSTANT = Set.of("query", "time");
    private static final Set<String> RANGE = Set.of("query", "start", "end", "step");

    /** The data of the next answers; the last one is given again. */
    final Deque<String> data = new ArrayDeque<>();

    @Override
    protected Told answer(Asked request) {
        Set<String> known =
                switch (request.line()) {
                    case "GET /api/v1/query" -> INSTANT;
                    case "GET /api/v1/query_range" -> RANGE;
                    default -> Set.of();
                };
        if (!known.containsAll(request.query().keySet()) || !request.query().containsKey("query")) {
            return refuse(404, request.line() + " " + request.query());
        }
        String told = data.size() > 1 ? data.remove() : data.element();
        return Told.of(200, told);
    }

    void tells(String... results) {
        data.clear();
        for (String result : results) {
            data.add("{\"status\":\"success\",\"data\":" + result + "}");
        }
    }

    static String vector(String... values) {
        StringBuilder series = new StringBuilder();
        for (String value : values) {
            series.append(series.isEmpty() ? "" : ",")
                    .append("{\"metric\":{\"instance\":\"%s\"},\"value\":[1435781451.781,\"%s\"]}"
                            .formatted("i" + series.length(), value));
        }
        return "{\"resultType\":\"vector\",\"result\":[" + series + "]}";
    }

    static String matrix(double... values) {
        StringBuilder pairs = new StringBuilder();
        for (double value : values) {
            pairs.append(pairs.isEmpty() ? "" : ",")
                    .append("[1435781451.781,\"")
                    .append(value)
                    .append("\"]");
        }
        return "{\"resultType\":\"matrix\",\"result\":[{\"metric\":{},\"values\":[" + pairs + "]}]}";
    }
}
