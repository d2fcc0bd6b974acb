package io.gatehouse.access;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.stereotype.Component;

/**
 * Asks the permission table about every page and every call of the engine's web applications; behind the address of the
 * latter lies the whole interface of the engine, which knows none of our rules. What has no row is refused to everybody;
 * what belongs to the management port, at every other.
 */
@Component
class TableDoor implements AuthorizationManager<RequestAuthorizationContext> {

    private final TableAddresses addresses;
    private final Permissions permissions;

    TableDoor(TableAddresses addresses, Permissions permissions) {
        this.addresses = addresses;
        this.permissions = permissions;
    }

    @Override
    public AuthorizationDecision authorize(Supplier<Authentication> caller, RequestAuthorizationContext context) {
        return new AuthorizationDecision(row(context.getRequest())
                .filter(row -> permissions.allowsAnybody(row)
                        || CurrentPerson.of(caller.get())
                                .filter(person -> permissions.admits(row, person))
                                .isPresent())
                .isPresent());
    }

    /** Whether nobody need sign in for this request. */
    boolean isOpen(HttpServletRequest request) {
        return row(request).filter(permissions::allowsAnybody).isPresent();
    }

    private Optional<String> row(HttpServletRequest request) {
        return addresses
                .rowOf(request.getMethod(), request.getRequestURI())
                .filter(row -> ManagementPort.offers(row) == ManagementPort.received(request));
    }

    /** Asked by nobody but an older Spring Security. */
    @Override
    @Deprecated
    public AuthorizationDecision check(Supplier<Authentication> caller, RequestAuthorizationContext context) {
        return authorize(caller, context);
    }
}
