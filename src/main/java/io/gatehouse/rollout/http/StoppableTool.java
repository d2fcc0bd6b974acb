package io.gatehouse.rollout.http;

import io.gatehouse.rollout.connector.ConnectorAnswer;
import io.gatehouse.rollout.connector.ConnectorCall;
import io.gatehouse.rollout.connector.Stopping;
import java.util.Set;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.jspecify.annotations.Nullable;

/** A tool that can be told to end what it has begun. */
public abstract class StoppableTool extends PolledTool {

    protected StoppableTool(String name, ToolSettings settings, ToolApi api) {
        super(name, settings, api);
    }

    @Override
    public final Stopping stopping() {
        return Stopping.ONCE_TAKEN;
    }

    /** Looks first how far it is, by which name the tool knows it by now, and whether there is anything to end. */
    @Override
    public final ConnectorAnswer stop(ConnectorCall call, @Nullable String reference) {
        ConnectorAnswer now = ask(call.withoutLog(), reference);
        return switch (now.outcome()) {
            case ACCEPTED -> now.reference() == null || !call.renewLease().getAsBoolean()
                    ? ConnectorAnswer.ambiguous("The tool was not told")
                    : api.exchange(end(now.reference()), this::told);
            case SUCCEEDED, FAILED, REFUSED -> ConnectorAnswer.succeeded("It had ended before. " + now.detail());
            default -> now;
        };
    }

    /** The request by which the tool ends a run. */
    protected abstract HttpUriRequestBase end(String reference);

    /** The statuses by which the tool says that it will. */
    protected abstract Set<Integer> taken();

    /** The statuses by which the tool says that there is nothing to end, which is looked at again. */
    protected Set<Integer> tooLate() {
        return Set.of();
    }

    private ConnectorAnswer told(ToolReply reply) {
        if (taken().contains(reply.status())) {
            return ConnectorAnswer.succeeded("The tool was told to stop and answered " + reply.status());
        }
        return tooLate().contains(reply.status())
                ? ConnectorAnswer.ambiguous(
                        "The tool answered " + reply.status() + ": it has ended or cannot be stopped")
                : reply.notTaken();
    }
}
