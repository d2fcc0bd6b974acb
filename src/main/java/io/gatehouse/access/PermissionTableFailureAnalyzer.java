package io.gatehouse.access;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says why the application does not start in one sentence instead of a stack trace. */
class PermissionTableFailureAnalyzer extends AbstractFailureAnalyzer<PermissionTableException> {

    @Override
    protected FailureAnalysis analyze(Throwable failure, PermissionTableException cause) {
        return new FailureAnalysis(
                String.valueOf(cause.getMessage()), "Correct src/main/resources/permissions.", failure);
    }
}
