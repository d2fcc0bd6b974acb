package io.gatehouse.change;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Changes as tests need them: a moderate one in production whose window opens in an hour, unless said otherwise. */
public final class ChangeFixture {

    private ChangeFixture() {}

    /** A tier 1, a tier 2 and a tier 4 service, and the three environments; once per database. */
    public static void catalog(JdbcTemplate jdbc) {
        if (jdbc.queryForObject("select count(*) from service", Long.class) == 0) {
            jdbc.batchUpdate(
                    "insert into service (service_key, name, tier, owner_group, version) values (?, ?, ?, ?, 1)",
                    List.of(
                            new Object[] {"keystone", "Identity", 1, "keystone"},
                            new Object[] {"nova", "Compute", 2, "nova"},
                            new Object[] {"oslo-config", "Configuration", 4, "oslo"}));
            jdbc.batchUpdate(
                    """
                    insert into environment (environment_key, name, kind, stage_order, production, version)
                    values (?, ?, ?, ?, ?, 1)""",
                    List.of(
                            new Object[] {"dev", "Development", "DEVELOPMENT", 1, false},
                            new Object[] {"staging", "Staging", "STAGING", 2, false},
                            new Object[] {"production", "Production", "PRODUCTION", 3, true}));
        }
    }

    public static ChangeContent content(Instant now) {
        return content("nova", "production", windowIn(now, Duration.ofHours(1)));
    }

    public static ChangeContent content(String service, String environment, Window window) {
        return new ChangeContent(
                "Upgrade " + service,
                "For the sake of the test",
                Set.of(service),
                environment,
                window,
                new Plans("unpack, switch", "ask for the version", "switch back", "tell the users"),
                new Questionnaire(false, false, true),
                List.of(new Link("Ticket", "https://tickets.example/1")),
                List.of(new Artifact(service, "2.0.0", "sha256:0123456789abcdef")));
    }

    /** Writes down that a change, which may have come into its table in any way, was approved as it is now. */
    public static void approve(JdbcTemplate jdbc, String number, @Nullable String plan) {
        long id = ChangeNumber.idOf(number).orElseThrow();
        String scope = new ClearanceRows(JdbcClient.create(jdbc))
                .read(number)
                .scope(plan)
                .fingerprint();
        jdbc.update("update change_request set scope_sha256 = ? where id = ?", scope, id);
        jdbc.update(
                """
                insert into change_approval (change_id, round, seat, decision, person, reason, decided_at, scope_sha256)
                select id, approval_round, 'technical-approver', 'APPROVED', 'theo', 'sound', created_at, scope_sha256
                from change_request where id = ?""",
                id);
    }

    public static Window windowIn(Instant now, Duration pause) {
        return new Window(now.plus(pause), now.plus(pause).plus(Duration.ofHours(2)));
    }
}
