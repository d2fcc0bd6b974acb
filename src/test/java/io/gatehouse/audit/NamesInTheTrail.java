package io.gatehouse.audit;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.IdentityService;
import org.springframework.jdbc.core.JdbcTemplate;

/** Looks through the trail for people by what they are called, of which it must know nothing. */
public final class NamesInTheTrail {

    private final IdentityService identities;
    private final JdbcTemplate jdbc;

    public NamesInTheTrail(IdentityService identities, JdbcTemplate jdbc) {
        this.identities = identities;
        this.jdbc = jdbc;
    }

    /** All that it says, an entry in each line. */
    public List<String> entries() {
        return jdbc.queryForList(
                "select concat(actor, ' ', action, ' ', object, ' ', payload) from audit_entry", String.class);
    }

    /**
     * The entries that name somebody: by user name, also of those who are no user of the engine, by name or by address.
     *
     * @param former what people were called that are called something else now
     */
    public List<String> found(String... former) {
        String names = Stream.of(users(), numbered(), Stream.of(former))
                .flatMap(called -> called)
                .filter(name -> name != null && !name.isBlank())
                .distinct()
                .map(Pattern::quote)
                .collect(Collectors.joining("|"));
        // A tool's name may hold anything, as "nova-pipeline" holds what is a person of the sample too.
        Pattern anybody = Pattern.compile("(?i)(?<![\\w-])(" + names + ")(?![\\w-])");
        return entries().stream().filter(entry -> anybody.matcher(entry).find()).toList();
    }

    private Stream<String> users() {
        return identities.createUserQuery().list().stream()
                .flatMap(person -> Stream.of(
                        person.getId(), person.getEmail(), person.getFirstName() + " " + person.getLastName()));
    }

    /** Everybody the trail has ever had to do with. */
    private Stream<String> numbered() {
        return jdbc.queryForList("select person from audit_person", String.class).stream();
    }
}
