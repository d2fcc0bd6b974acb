package io.gatehouse.rollout.jenkins;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.rollout.connector.AfterCrash;
import io.gatehouse.rollout.connector.ConnectorAnswer;
import io.gatehouse.rollout.connector.ConnectorCall;
import io.gatehouse.rollout.connector.ConnectorCheck;
import io.gatehouse.rollout.http.StoppableTool;
import io.gatehouse.rollout.http.ToolApi;
import io.gatehouse.rollout.http.ToolReply;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.jspecify.annotations.Nullable;

/**
 * Builds a job of a Jenkins (REST API of Jenkins 2; docs/connectors.md). The order is queued, the queue's
 * entry becomes a build, and the build has a result. Entry and build keep the job's parameters, our key among them, so
 * that either is found again after a crash.
 */
class JenkinsConnector extends StoppableTool {

    /** How many of the newest builds are looked through for a key. */
    private static final int BUILDS = 100;

    /** How far the clocks of a Jenkins and of ours may be apart. */
    private static final Duration CLOCKS = Duration.ofMinutes(10);

    private static final Pattern QUEUED = Pattern.compile(".*/queue/item/(\\d+)/?");
    /** Of a build, with how much of its log we have. */
    private static final Pattern REFERENCE = Pattern.compile("(queue|build)/(\\d{1,18})(?:/(\\d{1,18}))?");

    private static final String BUILD = "number,result,building,url";
    private static final String PARAMETERS = "actions[parameters[name,value]]";

    private final JenkinsSettings settings;
    private final String[] job;

    JenkinsConnector(String name, JenkinsSettings settings, ToolApi api) {
        super(name, settings, api);
        this.settings = settings;
        this.job = Stream.of(settings.job().split("/"))
                .flatMap(part -> Stream.of("job", part))
                .toArray(String[]::new);
    }

    @Override
    public String kind() {
        return "jenkins";
    }

    @Override
    public AfterCrash afterCrash() {
        return AfterCrash.QUERYABLE;
    }

    @Override
    public ConnectorCheck check() {
        ConnectorAnswer answer = declared();
        return answer.outcome() == ConnectorAnswer.Outcome.SUCCEEDED
                ? ConnectorCheck.ok("Jenkins lets us in, and the job declares every parameter.")
                : ConnectorCheck.failed(answer.detail());
    }

    /** Whether the job declares what it is given: Jenkins drops the rest, and without the key no build is found again. */
    private ConnectorAnswer declared() {
        URI declarations = api.address(Map.of("tree", "property[parameterDefinitions[name]]"), jobPath("api", "json"));
        return api.exchange(new HttpGet(declarations), reply -> {
            if (reply.status() != 200) {
                return reply.notTaken();
            }
            Set<String> names = StreamSupport.stream(
                            reply.json().path("property").spliterator(), false)
                    .flatMap(property -> StreamSupport.stream(
                            property.path("parameterDefinitions").spliterator(), false))
                    .map(definition -> definition.path("name").asText())
                    .collect(Collectors.toSet());
            Set<String> missing = new TreeSet<>(parameters().keySet());
            missing.add(settings.keyParameter());
            missing.removeAll(names);
            return missing.isEmpty()
                    ? ConnectorAnswer.succeeded("")
                    : ConnectorAnswer.refused(
                            "The job " + settings.job() + " does not declare the parameters " + missing);
        });
    }

    @Override
    public ConnectorAnswer call(ConnectorCall call) {
        ConnectorAnswer declared = declared();
        if (declared.outcome() != ConnectorAnswer.Outcome.SUCCEEDED) {
            return declared.beforeTheOrder();
        }
        if (!call.renewLease().getAsBoolean()) {
            return ConnectorAnswer.takenOver();
        }
        Map<String, String> fields = new HashMap<>(call.parameters());
        fields.put(settings.keyParameter(), call.key());
        HttpPost order = new HttpPost(api.address(jobPath("buildWithParameters")));
        order.setEntity(ToolApi.form(fields));
        return api.exchange(order, JenkinsConnector::queued);
    }

    private static ConnectorAnswer queued(ToolReply reply) {
        if (reply.status() != 201) {
            return reply.isSuccess()
                    ? ConnectorAnswer.ambiguous("Jenkins took it without saying where")
                    : reply.notTaken();
        }
        Matcher place = QUEUED.matcher(reply.header("Location").orElse(""));
        return ConnectorAnswer.accepted(place.matches() ? "queue/" + place.group(1) : null);
    }

    @Override
    public ConnectorAnswer ask(ConnectorCall call, @Nullable String reference) {
        Matcher place = REFERENCE.matcher(reference == null ? "" : reference);
        if (!place.matches()) {
            return askForKey(call);
        }
        return place.group(1).equals("queue")
                ? askQueue(call, place.group(2))
                : askBuild(call, place.group(2), place.group(3) == null ? 0 : Long.parseLong(place.group(3)));
    }

    private ConnectorAnswer askQueue(ConnectorCall call, String id) {
        URI item = api.address(
                Map.of("tree", "id,why,cancelled,executable[number,url]"), "queue", "item", id, "api", "json");
        return api.exchange(new HttpGet(item), reply -> switch (reply.status()) {
            case 200 -> ofQueue(reply.json(), call);
                // An entry is forgotten some minutes after it became a build.
            case 404 -> askForKey(call);
            default -> reply.unanswered();
        });
    }

    private ConnectorAnswer ofQueue(JsonNode item, ConnectorCall call) throws IOException {
        JsonNode build = item.path("executable");
        if (build.path("number").isInt()) {
            return askBuild(call, build.get("number").asText(), 0);
        }
        return item.path("cancelled").asBoolean()
                ? ConnectorAnswer.refused("It was taken out of Jenkins' queue before it began")
                : ConnectorAnswer.accepted("queue/" + numberIn(item, "id"));
    }

    private ConnectorAnswer askBuild(ConnectorCall call, String number, long logged) {
        if (!call.renewLease().getAsBoolean()) {
            return ConnectorAnswer.takenOver();
        }
        URI build = api.address(Map.of("tree", BUILD), jobPath(number, "api", "json"));
        return api.exchange(
                new HttpGet(build),
                reply -> reply.status() == 200 ? ofBuild(reply.json(), call, logged) : reply.unanswered());
    }

    private ConnectorAnswer ofBuild(JsonNode build, ConnectorCall call, long logged) throws IOException {
        String number = numberIn(build, "number");
        String result = build.path("result").asText("");
        boolean building = build.path("building").asBoolean() || result.isEmpty() || result.equals("null");
        if (!call.renewLease().getAsBoolean()) {
            return ConnectorAnswer.takenOver();
        }
        HttpGet rest = new HttpGet(
                api.address(Map.of("start", Long.toString(logged)), jobPath(number, "logText", "progressiveText")));
        ConnectorAnswer answer = building
                ? ConnectorAnswer.accepted("build/" + number + "/" + logSoFar(rest, call, logged))
                : ended(number, result);
        if (!building) {
            call.log().accept(api.log(rest));
        }
        return answer.at(build.path("url").asText(null));
    }

    /**
     * Keeps what the build has printed since, and says where that ends in Jenkins' own log. What cannot be had now comes
     * with the next question.
     */
    private long logSoFar(HttpGet rest, ConnectorCall call, long logged) {
        Optional<ToolReply> reply = api.beginning(rest);
        long size = reply.flatMap(piece -> piece.header("X-Text-Size"))
                .filter(bytes -> bytes.matches("\\d{1,18}"))
                .map(Long::parseLong)
                .orElse(logged);
        if (size > logged) {
            call.log().accept(reply.orElseThrow().text());
        }
        return size;
    }

    /** The results of hudson.model.Result; UNSTABLE is a build whose tests failed. */
    private static ConnectorAnswer ended(String number, String result) {
        return result.equals("SUCCESS")
                ? ConnectorAnswer.succeeded("Build " + number + " succeeded")
                : ConnectorAnswer.failed("Build " + number + " ended as " + result);
    }

    /** The queue first: what leaves it between the two questions is among the builds. */
    private ConnectorAnswer askForKey(ConnectorCall call) {
        if (!call.renewLease().getAsBoolean()) {
            return ConnectorAnswer.takenOver();
        }
        URI queue = api.address(
                Map.of("tree", "items[id,why,cancelled,executable[number,url]," + PARAMETERS + "]"),
                "queue",
                "api",
                "json");
        return api.exchange(new HttpGet(queue), reply -> {
            if (reply.status() != 200) {
                return reply.unanswered();
            }
            JsonNode items = reply.json().path("items");
            if (!items.isArray()) {
                throw new IOException("Jenkins tells no queue");
            }
            Optional<JsonNode> item = withKey(items, call);
            return item.isPresent() ? ofQueue(item.get(), call) : askBuildsForKey(call);
        });
    }

    private ConnectorAnswer askBuildsForKey(ConnectorCall call) {
        if (!call.renewLease().getAsBoolean()) {
            return ConnectorAnswer.takenOver();
        }
        URI builds = api.address(
                Map.of("tree", "builds[timestamp," + BUILD + "," + PARAMETERS + "]{0," + BUILDS + "}"),
                jobPath("api", "json"));
        return api.exchange(new HttpGet(builds), reply -> {
            if (reply.status() != 200) {
                return reply.unanswered();
            }
            JsonNode found = reply.json().path("builds");
            Optional<JsonNode> build = withKey(found, call);
            return build.isPresent() ? ofBuild(build.get(), call, 0) : notThere(found, call);
        });
    }

    /** Never seen, if the builds that were looked through reach back to before it was sent. */
    private static ConnectorAnswer notThere(JsonNode builds, ConnectorCall call) throws IOException {
        if (!builds.isArray()) {
            throw new IOException("Jenkins tells no builds");
        }
        boolean all = builds.size() < BUILDS
                || Instant.ofEpochMilli(
                                builds.get(builds.size() - 1).path("timestamp").asLong(Long.MAX_VALUE / 2))
                        .isBefore(call.notBefore().minus(CLOCKS));
        return all
                ? ConnectorAnswer.neverSeen()
                : ConnectorAnswer.ambiguous(
                        "It is not among the " + BUILDS + " newest builds, and older ones are possible");
    }

    private Optional<JsonNode> withKey(JsonNode entries, ConnectorCall call) {
        return StreamSupport.stream(entries.spliterator(), false)
                .filter(entry -> StreamSupport.stream(entry.path("actions").spliterator(), false)
                        .flatMap(action ->
                                StreamSupport.stream(action.path("parameters").spliterator(), false))
                        .anyMatch(parameter -> parameter.path("name").asText().equals(settings.keyParameter())
                                && parameter.path("value").asText().equals(call.key())))
                .findFirst();
    }

    private static String numberIn(JsonNode entry, String field) throws IOException {
        if (!entry.path(field).isIntegralNumber()) {
            throw new IOException("Jenkins tells no " + field);
        }
        return entry.get(field).asText();
    }

    private String[] jobPath(String... below) {
        return Stream.concat(Stream.of(job), Stream.of(below)).toArray(String[]::new);
    }

    /** A build is stopped as its page does it; Jenkins then sends whoever did on to that page. */
    @Override
    protected HttpUriRequestBase end(String reference) {
        String id = reference.split("/")[1];
        return new HttpPost(
                reference.startsWith("queue/")
                        ? api.address(Map.of("id", id), "queue", "cancelItem")
                        : api.address(jobPath(id, "stop")));
    }

    @Override
    protected Set<Integer> taken() {
        return Set.of(200, 204, 302);
    }

    /** It has left the queue meanwhile or may not be cancelled: 422 says the page, and 404 one that is long gone. */
    @Override
    protected Set<Integer> tooLate() {
        return Set.of(404, 422);
    }
}
