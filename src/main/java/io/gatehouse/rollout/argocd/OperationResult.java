package io.gatehouse.rollout.argocd;

import io.gatehouse.rollout.connector.ConnectorAnswer;
import java.util.regex.Pattern;

/**
 * What became of our operation, which is the last one that began.
 *
 * @param wanted the revision that was ordered, or what else the plan said
 */
record OperationResult(ArgoCdApplication application, String wanted) {

    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");

    /** Without a reference while it goes on. */
    ConnectorAnswer answer() {
        return switch (application.phase()) {
            case "Succeeded" -> synced();
            case "Failed", "Error" -> ConnectorAnswer.failed(
                    "The operation ended as " + application.phase() + ": " + application.message());
                // Running, which includes waiting for another try, Terminating, and what later versions may add.
            default -> ConnectorAnswer.accepted(null);
        };
    }

    private ConnectorAnswer synced() {
        if (isAnotherRevision()) {
            return ConnectorAnswer.failed("Argo CD synced to " + application.synced() + " in place of " + wanted);
        }
        if (!application.isHealthOfNow()) {
            return ConnectorAnswer.accepted(null);
        }
        return switch (application.health()) {
            case "Healthy" -> ConnectorAnswer.succeeded(
                    "Synced to " + application.synced() + ", and the application is healthy");
            case "Degraded" -> ConnectorAnswer.failed(
                    "Synced to " + application.synced() + ", but the application is degraded");
                // Progressing, Suspended, Missing and Unknown can all still become healthy.
            default -> ConnectorAnswer.accepted(null);
        };
    }

    /** An application may be set to try again with the newest revision. Of names nobody can tell what they stood for. */
    private boolean isAnotherRevision() {
        return COMMIT.matcher(wanted).matches()
                && COMMIT.matcher(application.synced()).matches()
                && !wanted.equals(application.synced());
    }
}
