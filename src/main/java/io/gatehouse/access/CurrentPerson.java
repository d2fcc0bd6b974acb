package io.gatehouse.access;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Lazy;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;

/**
 * The person on whose behalf the current thread runs, whichever door they came through: the API (Spring Security) or
 * the Tasklist (the engine's own session). Empty in background work.
 */
@Component
public class CurrentPerson {

    private static final String ROLE = "ROLE_";

    private final IdentityService identities;

    CurrentPerson(@Lazy IdentityService identities) {
        this.identities = identities;
    }

    public Optional<Person> find() {
        return throughApi().or(this::throughTasklist);
    }

    /** The id of the person, or {@code gatehouse} for background work. */
    public String idOrSystem() {
        return find().map(Person::id).orElse("gatehouse");
    }

    /** Whether the call came through one of the engine's own web applications. */
    public boolean cameThroughTasklist() {
        return throughTasklist().isPresent();
    }

    private Optional<Person> throughApi() {
        return of(SecurityContextHolder.getContext().getAuthentication());
    }

    /** Whom Spring Security has found out to be calling; empty if nobody has signed in. */
    static Optional<Person> of(org.springframework.security.core.@Nullable Authentication found) {
        return Optional.ofNullable(found)
                .filter(authentication -> !(authentication instanceof AnonymousAuthenticationToken))
                .map(CurrentPerson::person);
    }

    private static Person person(org.springframework.security.core.Authentication authentication) {
        if (authentication instanceof ToolAuthentication tool) {
            return tool.person();
        }
        if (Person.isTool(authentication.getName())) {
            throw new AccessDeniedException("A person whose name is that of a tool");
        }
        return new Person(
                authentication.getName(),
                authentication.getAuthorities().stream()
                        .map(GrantedAuthority::getAuthority)
                        .filter(authority -> authority.startsWith(ROLE))
                        .map(authority -> authority.substring(ROLE.length()))
                        .collect(Collectors.toSet()));
    }

    private Optional<Person> throughTasklist() {
        Authentication authentication = identities.getCurrentAuthentication();
        return Optional.ofNullable(authentication)
                .filter(found -> found.getUserId() != null)
                .map(found -> new Person(
                        found.getUserId(), found.getGroupIds() == null ? Set.of() : Set.copyOf(found.getGroupIds())));
    }
}
