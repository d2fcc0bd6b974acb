package io.gatehouse.rollout.awx;

import io.gatehouse.rollout.connector.AfterCrash;
import io.gatehouse.rollout.connector.ConnectorAnswer;
import io.gatehouse.rollout.connector.ConnectorAnswer.Outcome;
import io.gatehouse.rollout.connector.ConnectorCall;
import io.gatehouse.rollout.connector.ConnectorCheck;
import io.gatehouse.rollout.http.StoppableTool;
import io.gatehouse.rollout.http.ToolApi;
import io.gatehouse.rollout.http.ToolReply;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.jspecify.annotations.Nullable;

/**
 * Launches a job template of an AWX or of the controller of an Ansible Automation Platform (API v2; docs/connectors.md).
 * Our key is one of the job's variables. AWX filters by no variable, so after a crash the template's jobs are looked
 * through, the newest first.
 */
class AwxConnector extends StoppableTool {

    /** How many pages of jobs are looked through for a key. */
    private static final int PAGES = 8;

    /** How far the clocks of an AWX and of ours may be apart. */
    private static final Duration CLOCKS = Duration.ofMinutes(10);

    private final AwxSettings settings;
    private final AwxPlaces places;
    private final Clock clock;

    AwxConnector(String name, AwxSettings settings, ToolApi api, Clock clock) {
        super(name, settings, api);
        this.settings = settings;
        this.places = new AwxPlaces(api, settings);
        this.clock = clock;
    }

    @Override
    public String kind() {
        return "awx";
    }

    @Override
    public AfterCrash afterCrash() {
        return AfterCrash.QUERYABLE;
    }

    @Override
    public ConnectorCheck check() {
        ConnectorAnswer ready = ready();
        return ready.outcome() == Outcome.SUCCEEDED
                ? ConnectorCheck.ok("AWX lets us in and would launch the template with all it is given.")
                : ConnectorCheck.failed(ready.detail());
    }

    /** AWX describes a launch only to those who may launch. */
    private ConnectorAnswer ready() {
        return api.exchange(new HttpGet(places.launch()), reply -> {
            if (reply.status() != 200) {
                return reply.notTaken();
            }
            return new LaunchDescription(reply.json())
                    .objection(settings)
                    .map(why -> ConnectorAnswer.refused("The job template " + settings.template() + " " + why))
                    .orElse(ConnectorAnswer.succeeded(""));
        });
    }

    @Override
    public ConnectorAnswer call(ConnectorCall call) {
        if (settings.limitParameter() != null && limit(call).isBlank()) {
            return ConnectorAnswer.refused("Nothing was launched: for AWX, an empty limit means all hosts");
        }
        ConnectorAnswer ready = ready();
        if (ready.outcome() != Outcome.SUCCEEDED) {
            return ready.beforeTheOrder();
        }
        return call.renewLease().getAsBoolean() ? launch(call) : ConnectorAnswer.takenOver();
    }

    private ConnectorAnswer launch(ConnectorCall call) {
        Map<String, Object> order = new HashMap<>(Map.of("extra_vars", variables(call)));
        if (settings.limitParameter() != null) {
            order.put("limit", limit(call));
        }
        HttpPost launch = new HttpPost(places.launch());
        launch.setEntity(ToolApi.json(order));
        return api.exchange(launch, this::launched);
    }

    private ConnectorAnswer launched(ToolReply reply) throws IOException {
        if (!reply.isSuccess()) {
            return notTaken(reply);
        }
        AwxJob job = AwxJob.of(reply.json());
        return job.json().path("job").canConvertToLong()
                ? ConnectorAnswer.accepted(job.id()).at(places.page(job.id()))
                : ConnectorAnswer.ambiguous("AWX launched something else than a job");
    }

    /** AWX says which field it does not like. */
    private static ConnectorAnswer notTaken(ToolReply reply) {
        ConnectorAnswer answer = reply.notTaken();
        return reply.status() == 400 ? ConnectorAnswer.refused(answer.detail() + ": " + reply.text()) : answer;
    }

    private Map<String, String> variables(ConnectorCall call) {
        Map<String, String> variables = new HashMap<>(call.parameters());
        if (settings.limitParameter() != null) {
            variables.remove(settings.limitParameter());
        }
        variables.put(settings.keyVariable(), call.key());
        return variables;
    }

    /** Empty if plans do not say. */
    private String limit(ConnectorCall call) {
        return settings.limitParameter() == null ? "" : call.parameters().getOrDefault(settings.limitParameter(), "");
    }

    @Override
    public ConnectorAnswer ask(ConnectorCall call, @Nullable String reference) {
        if (reference == null) {
            return askForKey(call, OptionalLong.empty(), 1);
        }
        return AwxLog.parse(reference)
                .map(log -> askForJob(call, log))
                .orElseGet(() -> ConnectorAnswer.ambiguous("'" + reference + "' is no number of a job"));
    }

    private ConnectorAnswer askForJob(ConnectorCall call, AwxLog log) {
        return api.exchange(
                new HttpGet(places.job(log.job())),
                reply -> reply.status() == 200 ? found(AwxJob.of(reply.json()), call, log) : reply.unanswered());
    }

    private ConnectorAnswer found(AwxJob job, ConnectorCall call, AwxLog log) throws IOException {
        ConnectorAnswer answer = job.answer(variables(call), limit(call));
        boolean ended = answer.outcome() != Outcome.ACCEPTED;
        if (!ended && !job.isRunning()) {
            return ConnectorAnswer.accepted(log.reference()).at(places.page(job.id()));
        }
        if (!call.renewLease().getAsBoolean()) {
            return ConnectorAnswer.takenOver();
        }
        if (ended) {
            call.log().accept(log.rest(api, places));
            return answer.at(places.page(job.id()));
        }
        return ConnectorAnswer.accepted(log.more(api, places, call).reference()).at(places.page(job.id()));
    }

    private ConnectorAnswer askForKey(ConnectorCall call, OptionalLong below, int page) {
        return api.exchange(
                new HttpGet(places.jobs(below)),
                reply ->
                        reply.status() == 200 ? lookThrough(AwxJobs.of(reply.json()), call, page) : reply.unanswered());
    }

    private ConnectorAnswer lookThrough(AwxJobs jobs, ConnectorCall call, int page) throws IOException {
        Optional<AwxJob> job = jobs.launchedWith(call.key());
        if (job.isPresent()) {
            return found(job.get(), call, AwxLog.of(job.get().id()));
        }
        if (jobs.reachBackTo(call.notBefore().minus(CLOCKS))) {
            return notThere(call);
        }
        if (page == PAGES) {
            return ConnectorAnswer.ambiguous("It is not among the newest jobs, and older ones are possible");
        }
        return call.renewLease().getAsBoolean() ? askForKey(call, jobs.below(), page + 1) : ConnectorAnswer.takenOver();
    }

    /** AWX goes on with a launch whose sender has hung up, and shows its job only at the end. */
    private ConnectorAnswer notThere(ConnectorCall call) {
        return clock.instant().isBefore(call.notBefore().plus(settings.appearsWithin()))
                ? ConnectorAnswer.ambiguous("It is not among the jobs, but may still be on its way")
                : ConnectorAnswer.neverSeen();
    }

    @Override
    protected HttpUriRequestBase end(String reference) {
        return new HttpPost(places.cancel(AwxLog.parse(reference).orElseThrow().job()));
    }

    @Override
    protected Set<Integer> taken() {
        return Set.of(202);
    }

    @Override
    protected Set<Integer> tooLate() {
        return Set.of(405);
    }
}
