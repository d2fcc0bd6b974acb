package io.gatehouse.access.web;

import io.gatehouse.access.CurrentPerson;
import io.gatehouse.access.Permissions;
import io.gatehouse.access.Person;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import org.springframework.security.authentication.AuthenticationCredentialsNotFoundException;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Asks the permission table before a controller is called and before anything of the request but its address is looked
 * at, so a refusal tells nothing about what a well-formed request would have met.
 */
class PermissionInterceptor implements HandlerInterceptor {

    private final Permissions permissions;
    private final CurrentPerson currentPerson;

    PermissionInterceptor(Permissions permissions, CurrentPerson currentPerson) {
        this.permissions = permissions;
        this.currentPerson = currentPerson;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        boolean answersForOthers = request.getDispatcherType() == DispatcherType.ERROR;
        if (handler instanceof HandlerMethod
                && !answersForOthers
                && !request.getMethod().equals("OPTIONS")) {
            check(request);
        }
        return true;
    }

    private void check(HttpServletRequest request) {
        Object pattern = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
        String operation = OperationNames.of(request.getMethod(), String.valueOf(pattern));
        if (permissions.allowsAnybody(operation)) {
            return;
        }
        Person person = currentPerson
                .find()
                .orElseThrow(() -> new AuthenticationCredentialsNotFoundException("Nobody is signed in"));
        permissions.requireAt(operation, person, idIn(request));
    }

    private static String idIn(HttpServletRequest request) {
        Object variables = request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE);
        return variables instanceof Map<?, ?> map
                ? map.values().stream().findFirst().map(String::valueOf).orElse("")
                : "";
    }
}
