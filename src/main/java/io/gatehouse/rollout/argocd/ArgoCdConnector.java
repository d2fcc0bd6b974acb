package io.gatehouse.rollout.argocd;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.rollout.connector.AfterCrash;
import io.gatehouse.rollout.connector.ConnectorAnswer;
import io.gatehouse.rollout.connector.ConnectorAnswer.Outcome;
import io.gatehouse.rollout.connector.ConnectorCall;
import io.gatehouse.rollout.connector.ConnectorCheck;
import io.gatehouse.rollout.http.StoppableTool;
import io.gatehouse.rollout.http.ToldLines;
import io.gatehouse.rollout.http.ToolApi;
import io.gatehouse.rollout.http.ToolReply;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.hc.client5.http.classic.methods.HttpDelete;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.jspecify.annotations.Nullable;

/**
 * Syncs an application of an Argo CD to a revision, or rolls it back (API of Argo CD 2.x and 3.x; docs/connectors.md).
 * An order becomes the application's only operation. It is done when the operation has succeeded and the application was
 * found healthy after that; whether it is in sync with its target does not matter, since neither a rollback nor a sync to
 * another revision leaves it so.
 *
 * <p>A sync carries our key and is found by it. A rollback cannot, so a person is asked after a crash.
 */
class ArgoCdConnector extends StoppableTool {

    /** How far the clocks of an Argo CD and of ours may be apart. */
    private static final Duration CLOCKS = Duration.ofMinutes(10);

    /** How Argo CD refuses an order before it does anything, whatever the status. */
    private static final String IN_PROGRESS = "another operation is already in progress";

    private static final ConnectorAnswer BUSY = ConnectorAnswer.notReached(
            "Nothing was ordered: Argo CD does one operation at a time, and another one is in progress");

    private final ArgoCdSettings settings;
    private final ArgoCdAction action;
    private final ArgoCdPlaces places;
    private final Clock clock;

    ArgoCdConnector(String name, ArgoCdSettings settings, ToolApi api, Clock clock) {
        super(name, settings, api);
        this.settings = settings;
        this.action = settings.action();
        this.places = new ArgoCdPlaces(api, settings);
        this.clock = clock;
    }

    @Override
    public String kind() {
        return "argocd";
    }

    @Override
    public AfterCrash afterCrash() {
        return action.afterCrash();
    }

    @Override
    public ConnectorCheck check() {
        ConnectorAnswer answer = api.exchange(
                question(), reply -> reply.status() == 200 ? mayOrder(ArgoCdApplication.of(reply)) : notTaken(reply));
        return switch (answer.outcome()) {
            case SUCCEEDED -> ConnectorCheck.ok("Argo CD lets us " + action.verb() + " the application.");
            case ACCEPTED -> ConnectorCheck.unknown("Argo CD shows the application, but not whether we may "
                    + action.verb() + " it: older ones cannot be asked that.");
            default -> ConnectorCheck.failed(answer.detail());
        };
    }

    private ConnectorAnswer mayOrder(ArgoCdApplication application) {
        ConnectorAnswer ready = ready(application);
        if (ready.outcome() == Outcome.REFUSED) {
            return ready;
        }
        return api.exchange(new HttpGet(places.permission(application.project())), reply -> switch (reply.status()) {
            case 200 -> reply.json().path("value").asText().equals("yes")
                    ? ConnectorAnswer.succeeded("")
                    : ConnectorAnswer.refused("Argo CD does not let this connector " + action.verb()
                            + " the application " + settings.application());
            case 400 -> ConnectorAnswer.accepted(null);
            default -> notTaken(reply);
        });
    }

    @Override
    public ConnectorAnswer call(ConnectorCall call) {
        String value = call.parameters().getOrDefault(action.parameter(), "");
        if (!action.takes(value)) {
            return ConnectorAnswer.refused("Nothing was ordered: '" + value + "' is no " + action.parameter());
        }
        ConnectorAnswer ready = api.exchange(
                question(), reply -> reply.status() == 200 ? ready(ArgoCdApplication.of(reply)) : notTaken(reply));
        if (ready.outcome() != Outcome.SUCCEEDED) {
            return ready.beforeTheOrder();
        }
        return call.renewLease().getAsBoolean() ? order(call, value) : ConnectorAnswer.takenOver();
    }

    private ConnectorAnswer order(ConnectorCall call, String value) {
        Map<String, Object> fields = new HashMap<>(action.order(value, call.key()));
        fields.put("prune", settings.prune());
        fields.putAll(places.place());
        HttpPost order = new HttpPost(places.orders());
        order.setEntity(ToolApi.json(fields));
        return api.exchange(order, reply -> reply.isSuccess() ? ordered(reply) : notTaken(reply));
    }

    /** The answer is the application with our operation. */
    private ConnectorAnswer ordered(ToolReply reply) throws IOException {
        return action.mark(ArgoCdApplication.of(reply).ordered())
                .map(mark -> ConnectorAnswer.accepted(mark).at(places.page()))
                .orElse(ConnectorAnswer.ambiguous("Argo CD took the order and does not show it"));
    }

    private ConnectorAnswer ready(ArgoCdApplication application) {
        if (application.isBeingDeleted()) {
            return ConnectorAnswer.refused("Nothing was ordered: the application is being deleted");
        }
        if (application.hasSeveralSources() && action == ArgoCdAction.SYNC) {
            // Argo CD would drop the revision and sync each source to its target.
            return ConnectorAnswer.refused("Nothing was ordered: the application has several sources, and one revision"
                    + " does not say which of them it is for");
        }
        return application.isBusy() ? BUSY : ConnectorAnswer.succeeded("");
    }

    private static ConnectorAnswer notTaken(ToolReply reply) {
        String said = said(reply);
        if (said.contains(IN_PROGRESS)) {
            return BUSY;
        }
        return reply.notTaken().adding(said.isEmpty() ? "" : ": " + said);
    }

    private static String said(ToolReply reply) {
        try {
            return reply.json().path("message").asText("");
        } catch (IOException none) {
            return "";
        }
    }

    @Override
    public ConnectorAnswer ask(ConnectorCall call, @Nullable String reference) {
        return api.exchange(
                question(),
                reply -> reply.status() == 200
                        ? found(ArgoCdApplication.of(reply), call, reference)
                        : reply.unanswered());
    }

    /** The reference is the operation's mark and, once it has begun, when that was and what was told of it. */
    private ConnectorAnswer found(ArgoCdApplication application, ConnectorCall call, @Nullable String reference) {
        ToldLines told = reference == null ? ToldLines.of(call.key()) : ToldLines.parse(reference);
        String[] sought = told.name().split("@", 2);
        boolean sameBeginning = sought.length == 1 || sought[1].equals(application.begunAt());
        if (sameBeginning && isOurs(application.begun(), sought[0])) {
            return begun(application, call, told.as(sought[0] + "@" + application.begunAt()));
        }
        if (sought.length == 1 && isOurs(application.ordered(), sought[0])) {
            return ConnectorAnswer.accepted(sought[0]).at(places.page());
        }
        return reference == null
                ? notThere(application, call)
                : ConnectorAnswer.ambiguous("Another operation took its place before its result was seen");
    }

    private boolean isOurs(JsonNode operation, String mark) {
        return action.mark(operation).filter(mark::equals).isPresent();
    }

    private ConnectorAnswer begun(ArgoCdApplication application, ConnectorCall call, ToldLines told) {
        String revision = call.parameters().getOrDefault(action.parameter(), "");
        ConnectorAnswer answer = new OperationResult(application, revision).answer();
        if (answer.outcome() == Outcome.ACCEPTED) {
            ToldLines more = told.more(application.lines(), call.log());
            return ConnectorAnswer.accepted(more.reference()).at(places.page());
        }
        told.rest(application.lines(), call.log());
        return answer.at(places.page());
    }

    private ConnectorAnswer notThere(ArgoCdApplication application, ConnectorCall call) {
        if (action.afterCrash() != AfterCrash.QUERYABLE) {
            return ConnectorAnswer.ambiguous("A rollback carries no key and cannot be looked for");
        }
        if (clock.instant().isBefore(call.notBefore().plus(settings.appearsWithin()))) {
            return ConnectorAnswer.ambiguous("It is not in the application, but may still be on its way");
        }
        return application.tookNothingSince(call.notBefore().minus(CLOCKS))
                ? ConnectorAnswer.neverSeen()
                : ConnectorAnswer.ambiguous("It is not in the application, but another operation may have followed it");
    }

    /** By the application, which does one operation at a time; that it is ours was looked at right before. */
    @Override
    protected HttpUriRequestBase end(String reference) {
        return new HttpDelete(places.operation());
    }

    @Override
    protected Set<Integer> taken() {
        return Set.of(200);
    }

    /** So it answers while no operation is in progress: none has begun yet, or it is over and its health is waited for. */
    @Override
    protected Set<Integer> tooLate() {
        return Set.of(400);
    }

    private HttpGet question() {
        return new HttpGet(places.application());
    }
}
