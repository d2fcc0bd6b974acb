package io.gatehouse.access;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.boot.web.context.WebServerApplicationContext;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.context.support.WebApplicationContextUtils;

/**
 * The port for whoever runs Gatehouse, which is there in the profile {@code management}. A request is known by the server
 * that took it, and by nothing that it says.
 */
final class ManagementPort {

    private static final String SERVER = "management";
    private static final String ADDRESSES = " /management";

    private ManagementPort() {}

    /** Whether the management port took this request. */
    static boolean received(HttpServletRequest request) {
        WebApplicationContext context =
                WebApplicationContextUtils.getWebApplicationContext(request.getServletContext());
        return context != null && WebServerApplicationContext.hasServerNamespace(context, SERVER);
    }

    /** Whether a row of the permission table is about something that the management port offers. */
    static boolean offers(String row) {
        return row.endsWith(ADDRESSES) || row.contains(ADDRESSES + "/");
    }
}
