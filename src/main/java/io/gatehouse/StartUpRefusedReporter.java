package io.gatehouse;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringBootExceptionReporter;

/** Says in one line why Gatehouse does not start, in place of a stack trace. */
class StartUpRefusedReporter implements SpringBootExceptionReporter {

    private static final Logger LOG = LoggerFactory.getLogger(GatehouseApplication.class);

    @Override
    public boolean reportException(Throwable failure) {
        if (failure instanceof StartUpRefused) {
            LOG.error("Gatehouse does not start: {}", failure.getMessage());
            return true;
        }
        return false;
    }
}
