package io.gatehouse;

import io.gatehouse.api.StartRefused;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringBootExceptionReporter;

/** Says in one line why Gatehouse does not start, in place of a stack trace. */
class StartUpRefusedReporter implements SpringBootExceptionReporter {

    private static final Logger LOG = LoggerFactory.getLogger(GatehouseApplication.class);

    @Override
    public boolean reportException(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof StartRefused) {
                LOG.error("Gatehouse does not start: {}", cause.getMessage());
                return true;
            }
        }
        return false;
    }
}
