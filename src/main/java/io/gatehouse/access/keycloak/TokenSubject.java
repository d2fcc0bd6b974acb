package io.gatehouse.access.keycloak;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.authorization.Groups;
import org.jspecify.annotations.Nullable;

/**
 * Whom a token speaks of, as Keycloak sees them.
 *
 * @param subject what Keycloak never changes and never gives to another account
 * @param name the username
 * @param groups names of the groups at the top that the account is in; one below another is no role, whatever its name
 * @param isProgram whether it is a client's service account and not a person
 */
record TokenSubject(String subject, String name, Set<String> groups, boolean isProgram) {

    private static final String SERVICE_ACCOUNT = "service-account-";

    /** Reads the claims of a token that has been checked. */
    static TokenSubject of(Map<String, Object> claims) {
        String name = text(claims.get("preferred_username"));
        boolean isProgram = name.startsWith(SERVICE_ACCOUNT) || claims.get("sid") == null;
        return new TokenSubject(text(claims.get("sub")), name, groups(claims.get("groups")), isProgram);
    }

    private static String text(@Nullable Object claim) {
        return claim instanceof String text ? text : "";
    }

    private static Set<String> groups(@Nullable Object claim) {
        Set<String> groups = new LinkedHashSet<>();
        if (claim instanceof Collection<?> paths) {
            for (Object path : paths) {
                if (path instanceof String text && text.startsWith("/") && text.indexOf('/', 1) < 0) {
                    groups.add(text.substring(1));
                }
            }
        }
        // To the engine its members are above all authorizations.
        groups.remove(Groups.CAMUNDA_ADMIN);
        return groups;
    }
}
