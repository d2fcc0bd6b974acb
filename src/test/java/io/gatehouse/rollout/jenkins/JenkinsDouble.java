package io.gatehouse.rollout.jenkins;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.gatehouse.rollout.http.ToolDouble;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A Jenkins with the job {@code payments/deploy}, as the pages "REST API" describe it that a Jenkins 2.579 serves for a
 * job and for the queue, and "Aborting a build": an order is a POST of form data by somebody who is signed in, answered by
 * 201 and the place in the queue; parameters that the job does not declare are dropped; an entry of the queue is forgotten
 * after it has left; a build and an entry are stopped by POST; what a build has printed is told from the byte
 * {@code start} on, with the size of all of it and, as long as it builds, that more will come.
 */
class JenkinsDouble extends ToolDouble {

    private static final String JOB = "/jenkins/job/payments/job/deploy";
    private static final Pattern BUILD = Pattern.compile(JOB + "/(\\d+)/(api/json|logText/progressiveText)");
    private static final Pattern ITEM = Pattern.compile("/jenkins/queue/item/(\\d+)/api/json");

    /** An order and what became of it. */
    static final class Build {
        final int item;
        final Map<String, String> parameters;

        @Nullable
        Integer number;

        @Nullable
        String result;

        /** What it has printed. */
        String log = "Started by rita\n";

        boolean cancelled;
        boolean forgotten;
        long timestamp = System.currentTimeMillis();

        Build(int item, Map<String, String> parameters) {
            this.item = item;
            this.parameters = parameters;
        }
    }

    final List<Build> builds = new ArrayList<>();
    boolean withoutLog;
    final Set<String> declared = new TreeSet<>(Set.of("VERSION", "GATEHOUSE_KEY"));

    /** Takes an order past the connector. */
    Build order(Map<String, String> parameters) {
        Map<String, String> kept = new HashMap<>(parameters);
        kept.keySet().retainAll(declared);
        Build build = new Build(100 + builds.size(), kept);
        builds.add(build);
        return build;
    }

    @Override
    protected Told answer(Asked request) {
        // rita:right-token
        if (!"Basic cml0YTpyaWdodC10b2tlbg==".equals(request.headers().get("authorization"))) {
            return refuse(401, "not signed in: " + request.line());
        }
        if (request.path().equals(JOB + "/buildWithParameters")) {
            return beforeTheOrder == null ? built(request) : beforeTheOrder;
        }
        if (request.method().equals("POST")) {
            return stop(request);
        }
        if (!request.method().equals("GET")) {
            return refuse(405, request.line());
        }
        Matcher item = ITEM.matcher(request.path());
        Matcher build = BUILD.matcher(request.path());
        if (item.matches()) {
            return item(Integer.parseInt(item.group(1)));
        }
        if (build.matches()) {
            return build(Integer.parseInt(build.group(1)), build.group(2).startsWith("log"), request);
        }
        return switch (request.path()) {
            case "/jenkins/queue/api/json" -> Told.of(200, json(Map.of("items", queue())));
            case JOB + "/api/json" -> job(request.query().getOrDefault("tree", ""));
            default -> refuse(404, request.line());
        };
    }

    private Told built(Asked request) {
        if (!request.method().equals("POST")) {
            return refuse(405, "Jenkins takes orders by POST only");
        }
        Build build = order(request.form());
        return Told.of(201, "").with("Location", url("/jenkins/queue/item/" + build.item + "/"));
    }

    private Told stop(Asked request) {
        Matcher stop = Pattern.compile(JOB + "/(\\d+)/stop").matcher(request.path());
        boolean cancel = request.path().equals("/jenkins/queue/cancelItem");
        if (!stop.matches() && !cancel) {
            return refuse(405, request.line());
        }
        if (!request.query().keySet().equals(cancel ? Set.of("id") : Set.of())) {
            return refuse(400, "parameters of " + request.line());
        }
        if (beforeTheStop != null) {
            return beforeTheStop;
        }
        return cancel ? cancelled(request.query().get("id")) : aborted(stop.group(1));
    }

    /** Whoever aborts a build is sent on to its page, whether it still builds or not. */
    private Told aborted(String number) {
        return builds.stream()
                .filter(build -> number.equals(String.valueOf(build.number)))
                .findFirst()
                .map(build -> {
                    if (build.result == null) {
                        stopped.add(number);
                        build.result = "ABORTED";
                    }
                    return Told.of(302, "").with("Location", place(build));
                })
                .orElse(Told.of(404, ""));
    }

    /** 204, 422 for an entry that does not exist, or 500 for one that has left the queue and cannot be cancelled. */
    private Told cancelled(String item) {
        return builds.stream()
                .filter(build -> item.equals(Integer.toString(build.item)) && !build.forgotten)
                .findFirst()
                .map(build -> {
                    if (build.number != null || build.cancelled) {
                        return Told.of(500, "");
                    }
                    stopped.add(item);
                    build.cancelled = true;
                    return Told.of(204, "");
                })
                .orElse(Told.of(422, ""));
    }

    private Told item(int id) {
        return builds.stream()
                .filter(build -> build.item == id && !build.forgotten)
                .findFirst()
                .map(build -> Told.of(200, json(entry(build))))
                .orElse(Told.of(404, "<html>Not Found</html>"));
    }

    private Told build(int number, boolean log, Asked request) {
        return builds.stream()
                .filter(build -> build.number != null && build.number == number)
                .findFirst()
                .map(build -> log ? log(build, request) : Told.of(200, json(of(build))))
                .orElse(Told.of(404, "<html>Not Found</html>"));
    }

    private Told log(Build build, Asked request) {
        if (withoutLog) {
            return Told.of(503, "");
        }
        String all = build.log + (build.result == null ? "" : "Done\n");
        String start = request.query().getOrDefault("start", "0");
        if (!Set.of("start").containsAll(request.query().keySet())
                || !start.matches("\\d+")
                || Integer.parseInt(start) > all.length()) {
            return refuse(400, "start of " + request.line() + " " + request.query());
        }
        Told told = Told.of(200, all.substring(Integer.parseInt(start)))
                .with("X-Text-Size", Integer.toString(all.length()));
        return build.result == null ? told.with("X-More-Data", "true") : told;
    }

    private List<Map<String, Object>> queue() {
        return builds.stream()
                .filter(build -> build.number == null && !build.cancelled)
                .map(this::entry)
                .toList();
    }

    /** A job shows its newest builds first, and as many as the range asks for. */
    private Told job(String tree) {
        if (tree.startsWith("property")) {
            List<Map<String, String>> definitions =
                    declared.stream().map(name -> Map.of("name", name)).toList();
            return Told.of(
                    200, json(Map.of("property", List.of(Map.of(), Map.of("parameterDefinitions", definitions)))));
        }
        Matcher range = Pattern.compile("\\{0,(\\d+)}").matcher(tree);
        long shown = range.find() ? Long.parseLong(range.group(1)) : 100;
        List<Map<String, Object>> newest = new ArrayList<>();
        for (int i = builds.size() - 1; i >= 0 && newest.size() < shown; i--) {
            if (builds.get(i).number != null) {
                newest.add(of(builds.get(i)));
            }
        }
        return Told.of(200, json(Map.of("builds", newest)));
    }

    private Map<String, Object> entry(Build build) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("actions", actions(build));
        entry.put("id", build.item);
        entry.put("why", build.number == null ? "In the quiet period. Expires in 2.4 sec" : null);
        if (build.cancelled) {
            entry.put("cancelled", true);
        }
        if (build.number != null) {
            entry.put("executable", Map.of("number", build.number, "url", place(build)));
        }
        return entry;
    }

    private Map<String, Object> of(Build build) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("actions", actions(build));
        shown.put("building", build.result == null);
        shown.put("number", build.number);
        shown.put("result", build.result);
        shown.put("timestamp", build.timestamp);
        shown.put("url", place(build));
        return shown;
    }

    private String place(Build build) {
        return url(JOB + "/" + build.number + "/");
    }

    private static List<Map<String, Object>> actions(Build build) {
        List<Map<String, String>> parameters = build.parameters.entrySet().stream()
                .map(each -> Map.of("name", each.getKey(), "value", each.getValue()))
                .toList();
        return List.of(Map.of("parameters", parameters), Map.of());
    }

    private static String json(Object answer) {
        try {
            return JsonMapper.builder().build().writeValueAsString(answer);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
