package io.gatehouse.engine.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;

/** Cockpit's question for the versions of a model, which it asks without an end; the engine answers no such list. */
final class VersionsQuery extends HttpServletRequestWrapper {

    private VersionsQuery(HttpServletRequest request) {
        super(request);
    }

    /** The request with an end if it asks for versions and says none, else the request itself. */
    static HttpServletRequest limited(HttpServletRequest request) {
        boolean versions =
                request.getRequestURI().matches("/camunda/api/engine/engine/default/(process|decision)-definition")
                        && request.getParameter("key") != null;
        return versions && request.getParameter("maxResults") == null ? new VersionsQuery(request) : request;
    }

    @Override
    public String getQueryString() {
        return super.getQueryString() + "&maxResults=" + TasklistDoor.MOST_RESULTS;
    }
}
