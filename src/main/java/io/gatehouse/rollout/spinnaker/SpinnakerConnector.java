package io.gatehouse.rollout.spinnaker;

import io.gatehouse.rollout.connector.AfterCrash;
import io.gatehouse.rollout.connector.ConnectorAnswer;
import io.gatehouse.rollout.connector.ConnectorAnswer.Outcome;
import io.gatehouse.rollout.connector.ConnectorCall;
import io.gatehouse.rollout.connector.ConnectorCheck;
import io.gatehouse.rollout.http.MissingOrders;
import io.gatehouse.rollout.http.StoppableTool;
import io.gatehouse.rollout.http.ToldLines;
import io.gatehouse.rollout.http.ToolApi;
import io.gatehouse.rollout.http.ToolReply;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpPut;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.jspecify.annotations.Nullable;

/**
 * Runs a pipeline of a Spinnaker through Gate (Spinnaker 2026.2; docs/connectors.md). Our key is the trigger's
 * {@code eventId}, by which executions can be searched. It is the {@code correlationId} too: while an execution goes on,
 * an order with the same one is answered with it and starts nothing. That ends with the execution and does not hold for
 * two orders at once, so it is no more than a second safeguard.
 */
class SpinnakerConnector extends StoppableTool {

    /** How far the clocks of a Spinnaker and of ours may be apart. */
    private static final Duration CLOCKS = Duration.ofMinutes(10);

    /** Spinnaker may be told to delete executions of this age ({@code pollers.old-pipeline-cleanup}). */
    private static final Duration KEPT = Duration.ofDays(1);

    /** Where Spinnaker begins to compute in a text, parameters included. */
    private static final String EXPRESSION = "${";

    private static final String REFERENCE = "/pipelines/";

    private final SpinnakerSettings settings;
    private final SpinnakerPlaces places;
    private final Clock clock;
    private final MissingOrders missing;

    SpinnakerConnector(String name, SpinnakerSettings settings, ToolApi api, Clock clock) {
        super(name, settings, api);
        this.settings = settings;
        this.places = new SpinnakerPlaces(api, settings);
        this.clock = clock;
        this.missing = new MissingOrders(settings.orderMayTake(), clock);
    }

    @Override
    public String kind() {
        return "spinnaker";
    }

    @Override
    public AfterCrash afterCrash() {
        return AfterCrash.QUERYABLE;
    }

    @Override
    public ConnectorCheck check() {
        ConnectorAnswer ready = ready();
        return ready.outcome() == Outcome.SUCCEEDED
                ? ConnectorCheck.ok("Spinnaker lets us in and shows the pipeline, which takes all it is given.")
                : ConnectorCheck.failed(ready.detail());
    }

    private ConnectorAnswer ready() {
        return api.exchange(new HttpGet(places.pipeline()), reply -> switch (reply.status()) {
            case 200 -> PipelineDefinition.of(reply.json())
                    .objection(settings)
                    .map(why -> ConnectorAnswer.refused("The pipeline " + settings.pipeline() + " " + why))
                    .orElse(ConnectorAnswer.succeeded(""));
            case 302 -> ConnectorAnswer.refused("Spinnaker asks to sign in: it does not know this credential");
            default -> reply.notTaken();
        });
    }

    @Override
    public ConnectorAnswer call(ConnectorCall call) {
        Set<String> computed = call.parameters().entrySet().stream()
                .filter(parameter -> parameter.getValue().contains(EXPRESSION))
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
        if (!computed.isEmpty()) {
            return ConnectorAnswer.refused("Nothing was ordered: Spinnaker would take " + EXPRESSION + " in " + computed
                    + " for an expression and compute it");
        }
        ConnectorAnswer ready = ready();
        if (ready.outcome() != Outcome.SUCCEEDED) {
            return ready.beforeTheOrder();
        }
        return call.renewLease().getAsBoolean() ? order(call) : ConnectorAnswer.takenOver();
    }

    private ConnectorAnswer order(ConnectorCall call) {
        HttpPost order = new HttpPost(places.orders());
        order.setEntity(ToolApi.json(Map.of(
                "type", "manual",
                "parameters", call.parameters(),
                "eventId", call.key(),
                "correlationId", call.key())));
        return api.exchange(order, this::ordered);
    }

    private ConnectorAnswer ordered(ToolReply reply) throws IOException {
        if (reply.status() != 202) {
            return reply.isSuccess()
                    ? ConnectorAnswer.ambiguous("Spinnaker answered " + reply.status() + " and not that it took it")
                    : notTaken(reply);
        }
        String reference = reply.json().path("ref").asText();
        String id = reference.startsWith(REFERENCE) ? reference.substring(REFERENCE.length()) : "";
        if (!Execution.isId(id)) {
            throw new IOException("Spinnaker does not tell which execution it began");
        }
        return ConnectorAnswer.accepted(id).at(places.page(id));
    }

    /** With what Spinnaker has against the content of an order. */
    private static ConnectorAnswer notTaken(ToolReply reply) {
        ConnectorAnswer answer = reply.notTaken();
        return reply.status() == 400 ? ConnectorAnswer.refused(answer.detail() + said(reply)) : answer;
    }

    private static String said(ToolReply reply) {
        try {
            String message = reply.json().path("message").asText("");
            return message.isEmpty() ? "" : ": " + message;
        } catch (IOException none) {
            return "";
        }
    }

    @Override
    public ConnectorAnswer ask(ConnectorCall call, @Nullable String reference) {
        if (reference == null) {
            return askForKey(call);
        }
        ToldLines told = ToldLines.parse(reference);
        String id = told.name();
        if (!Execution.isId(id)) {
            return ConnectorAnswer.ambiguous("'" + reference + "' is no execution");
        }
        return executions(new HttpGet(places.state(id)), found -> {
            Optional<Execution> sought =
                    found.stream().filter(one -> one.id().equals(id)).findFirst();
            return sought.isPresent()
                    ? became(sought.get(), call, told)
                    : ConnectorAnswer.ambiguous("Spinnaker does not show the execution " + id);
        });
    }

    private ConnectorAnswer became(Execution execution, ConnectorCall call, ToldLines told) {
        ConnectorAnswer answer = execution.answer();
        String page = places.page(execution.id());
        if (answer.outcome() == Outcome.ACCEPTED) {
            ToldLines more = told.more(new StageReport(execution).begun(), call.log());
            return ConnectorAnswer.accepted(more.reference()).at(page);
        }
        if (!call.renewLease().getAsBoolean()) {
            return ConnectorAnswer.takenOver();
        }
        told.rest(report(execution), call.log());
        return answer.at(page);
    }

    /** With what went wrong, or without if that cannot be had, which settles nothing. */
    private List<String> report(Execution execution) {
        List<String> report = new ArrayList<>();
        ConnectorAnswer told = api.exchange(new HttpGet(places.whole(execution.id())), reply -> {
            if (reply.status() != 200) {
                return reply.unanswered();
            }
            report.addAll(new StageReport(Execution.of(reply.json())).all());
            return ConnectorAnswer.succeeded("");
        });
        if (told.outcome() != Outcome.SUCCEEDED) {
            report.addAll(new StageReport(execution).all());
            report.add("What went wrong in them could not be fetched: " + told.detail());
        }
        return report;
    }

    private ConnectorAnswer askForKey(ConnectorCall call) {
        HttpGet search = new HttpGet(places.withKey(call.key(), call.notBefore().minus(CLOCKS)));
        return executions(search, found -> {
            if (!found.stream().allMatch(one -> one.wasOrderedWith(call.key()))) {
                throw new IOException("Spinnaker shows other executions than those with the key");
            }
            return switch (found.size()) {
                case 0 -> notThere(call);
                case 1 -> became(found.get(0), call, ToldLines.of(found.get(0).id()));
                default -> ConnectorAnswer.ambiguous("Spinnaker shows several executions with the key");
            };
        });
    }

    /** The executions of a pipeline that was deleted cannot be searched, and would look as if there were none. */
    private ConnectorAnswer notThere(ConnectorCall call) {
        if (call.notBefore().isBefore(clock.instant().minus(KEPT))) {
            return ConnectorAnswer.ambiguous("There is no such execution, but one of that time may have been deleted");
        }
        if (!call.renewLease().getAsBoolean()) {
            return ConnectorAnswer.takenOver();
        }
        return api.exchange(new HttpGet(places.pipeline()), reply -> {
            if (reply.status() != 200) {
                return ConnectorAnswer.ambiguous("There is no such execution, and the pipeline is not shown");
            }
            PipelineDefinition.of(reply.json());
            return missing.isLost(call.key())
                    ? ConnectorAnswer.neverSeen()
                    : ConnectorAnswer.ambiguous(
                            "There is no such execution yet, but Spinnaker may still be working on it");
        });
    }

    private interface Finding {
        ConnectorAnswer of(List<Execution> found) throws IOException;
    }

    private ConnectorAnswer executions(HttpGet question, Finding finding) {
        return api.exchange(
                question,
                reply -> reply.status() == 200 ? finding.of(Execution.listOf(reply.json())) : reply.unanswered());
    }

    @Override
    protected HttpUriRequestBase end(String reference) {
        return new HttpPut(places.cancel(ToldLines.parse(reference).name()));
    }

    @Override
    protected Set<Integer> taken() {
        return Set.of(200);
    }
}
