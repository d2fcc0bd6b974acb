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
            ProblemWriter.write(ProblemWriter.standard(known(status)), response);
            response.finishResponse();
        } catch (IOException | IllegalStateException e) {
            getContainer().getLogger().debug("The client did not wait for its answer", e);
        }
    }

    /** 501 and 505 are Tomcat's words for a transfer coding or an HTTP version that a client made up. */
    private static HttpStatus known(int status) {
        HttpStatus known = HttpStatus.resolve(status);
        return known == null || status == 501 || status == 505 ? HttpStatus.BAD_REQUEST : known;
    }
}
