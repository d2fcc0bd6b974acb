package io.gatehouse.cab;

import io.gatehouse.testing.InsideTheEngine;
import java.util.Set;
import java.util.stream.Stream;
import org.camunda.bpm.engine.IdentityService;

/** What tests of boards start from. */
public final class BoardFixture {

    /** A board as a client writes it. */
    public static final String BODY =
            """
            {"name": "Change advisory board", "active": true, "minimumVotes": 2,
             "members": [{"seat": "chair", "person": "chris", "chair": true, "veto": false, "required": true},
               {"seat": "operations", "person": "oskar", "chair": false, "veto": true, "required": false}],
             "delegates": [{"seat": "chair", "person": "carla"}],
             "meetings": {"recurrence": "FREQ=WEEKLY;BYDAY=WE", "first": "2998-01-03T14:00",
               "timeZone": "Europe/Berlin", "durationMinutes": 60, "leadHours": 24},
             "agenda": {"minutesPerItem": 10, "states": ["AUTHORIZE"], "production": true}}""";

    private BoardFixture() {}

    /** Lets those be who sit on boards; once per database. */
    public static void people(IdentityService identities) {
        Set<String> wanted = Set.of("chris", "oskar", "carla", "sasha", "mona", "theo");
        InsideTheEngine.run(identities, () -> Stream.of(wanted.toArray(String[]::new))
                .filter(person -> identities.createUserQuery().userId(person).count() == 0)
                .forEach(person -> identities.saveUser(identities.newUser(person))));
    }

    /** Somebody with these roles; once per database. */
    public static void person(IdentityService identities, String person, String... roles) {
        InsideTheEngine.run(identities, () -> {
            if (identities.createUserQuery().userId(person).count() == 0) {
                identities.saveUser(identities.newUser(person));
                Stream.of(roles).forEach(role -> {
                    if (identities.createGroupQuery().groupId(role).count() == 0) {
                        identities.saveGroup(identities.newGroup(role));
                    }
                    identities.createMembership(person, role);
                });
            }
        });
    }
}
