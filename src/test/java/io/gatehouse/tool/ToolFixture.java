package io.gatehouse.tool;

import io.gatehouse.access.ToolAction;
import io.gatehouse.api.Precondition;
import io.gatehouse.change.ChangeFixture;
import io.gatehouse.testing.InsideTheEngine;
import io.gatehouse.testing.SignedIn;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.camunda.bpm.engine.IdentityService;
import org.springframework.jdbc.core.JdbcTemplate;

/** Two teams with a service each, their people, and tools of theirs with a token. */
public class ToolFixture {

    public static final SignedIn ADAM = new SignedIn("adam", "admin");
    public static final SignedIn ANNA = new SignedIn("anna", "requester", "technical-approver", "alpha");
    public static final SignedIn ALAN = new SignedIn("alan", "requester", "technical-approver", "alpha");
    public static final SignedIn BEN = new SignedIn("ben", "requester", "beta");

    private final JdbcTemplate jdbc;
    private final IdentityService identities;
    private final Tools tools;
    private final Tokens tokens;

    public ToolFixture(JdbcTemplate jdbc, IdentityService identities, Tools tools, Tokens tokens) {
        this.jdbc = jdbc;
        this.identities = identities;
        this.tools = tools;
        this.tokens = tokens;
    }

    /** The services alpha-app and beta-app, each owned by the group of that name; once per database. */
    public void teams() {
        ChangeFixture.catalog(jdbc);
        if (jdbc.queryForObject("select count(*) from service where service_key = 'alpha-app'", Long.class) == 0) {
            jdbc.batchUpdate(
                    "insert into service (service_key, name, tier, owner_group, version) values (?, ?, 2, ?, 1)",
                    List.of(new Object[] {"alpha-app", "Alpha", "alpha"}, new Object[] {"beta-app", "Beta", "beta"}));
            InsideTheEngine.run(identities, () -> {
                Stream.of("alpha", "beta").forEach(group -> identities.saveGroup(identities.newGroup(group)));
                Stream.of(ADAM, ANNA, ALAN, BEN).forEach(this::create);
            });
        }
    }

    private void create(SignedIn person) {
        identities.saveUser(identities.newUser(person.id()));
        for (String group : person.groups()) {
            identities.createMembership(person.id(), group);
        }
    }

    /** Adds a tool of Anna's that may do to one service what any of its owners may allow, everywhere; returns its name. */
    public String tool(String service) {
        String name = "t-" + UUID.randomUUID();
        ADAM.runs(() -> tools.put(name, description(service, "anna"), Precondition.parse(null, "*")));
        return name;
    }

    public static ToolDescription description(String service, String responsible) {
        return new ToolDescription(
                "Builds and deploys",
                EnumSet.complementOf(EnumSet.of(ToolAction.MONITOR)),
                Set.of(service),
                Set.of(),
                responsible,
                true);
    }

    /** Makes a token on behalf of somebody. */
    public Tokens.Issued token(SignedIn by, String tool) {
        return by.does(() -> tokens.issue(tool, null));
    }
}
