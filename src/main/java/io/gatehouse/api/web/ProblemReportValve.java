package io.gatehouse.api.web;

import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * Answers with a problem what Tomcat refuses before any filter runs: a broken request line, header or path.
 *
 * <p>Public because Tomcat creates it by name.
 */
public class ProblemReportValve extends ErrorReportValve {

    public ProblemReportValve() {
        setShowReport(false);
        setShowServerInfo(false);
    }

    @Override
    protected void report(Request request, Response response, @Nullable Throwable failure) {
        int status = response.getStatus();
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        try {
            HttpStatus known = HttpStatus.resolve(status);
            ProblemWriter.write(ProblemWriter.standard(known == null ? HttpStatus.BAD_REQUEST : known), response);
            response.finishResponse();
        } catch (IOException | IllegalStateException e) {
            getContainer().getLogger().debug("The client did not wait for its answer", e);
        }
    }
}
