package io.gatehouse.access;

import java.util.List;
import org.springframework.security.authentication.AbstractAuthenticationToken;

/** A tool that proved itself with one of its tokens. It is in no group, so whatever asks for a role refuses it. */
public final class ToolAuthentication extends AbstractAuthenticationToken {

    private final String id;
    private final transient ToolScope scope;

    public ToolAuthentication(String tool, ToolScope scope) {
        super(List.of());
        this.id = Person.TOOL_PREFIX + tool;
        this.scope = scope;
        setAuthenticated(true);
    }

    @Override
    public String getPrincipal() {
        return id;
    }

    @Override
    public String getCredentials() {
        return "";
    }

    /** The tool as a caller. */
    public Person person() {
        return new Person(id, java.util.Set.of(), scope);
    }
}
