package io.gatehouse.access;

import java.util.Collection;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Which people may not come in any more. Nobody is ever deleted, so that nobody else gets their name. */
@Component
public class PersonStates {

    private final JdbcClient jdbc;
    private final EndedSignIns ended;

    PersonStates(JdbcClient jdbc, EndedSignIns ended) {
        this.jdbc = jdbc;
        this.ended = ended;
    }

    public boolean isDisabled(String id) {
        return jdbc.sql("select disabled from access_person where person = ?")
                .param(id)
                .query(Boolean.class)
                .optional()
                .orElse(false);
    }

    /** Those of some people who may not come in any more. */
    public Set<String> disabledAmong(Collection<String> people) {
        return people.isEmpty()
                ? Set.of()
                : jdbc.sql("select person from access_person where disabled = true and person in (:people)")
                        .param("people", people)
                        .query(String.class)
                        .set();
    }

    /** Whether the name was given to somebody by whoever keeps people here. */
    public boolean isKnown(String id) {
        return jdbc.sql("select count(*) from access_person where person = ?")
                        .param(id)
                        .query(Long.class)
                        .single()
                > 0;
    }

    /** Gives a name away for ever; of two who want it at the same moment one fails on the key. */
    public void add(String id) {
        jdbc.sql("insert into access_person (person, version, disabled) values (?, 1, false)")
                .param(id)
                .update();
    }

    /** Whether nothing is left of them but their id. */
    public boolean isErased(String id) {
        return jdbc.sql("select erased from access_person where person = ?")
                .param(id)
                .query((row, i) -> row.getBoolean("erased"))
                .optional()
                .orElse(false);
    }

    /** Notes that nothing is left of them; their row must be there. */
    public void erase(String id) {
        jdbc.sql("update access_person set erased = true where person = ?")
                .param(id)
                .update();
    }

    /** How often the person was added and changed: 1 for whoever never was since. */
    public long version(String id) {
        return jdbc.sql("select version from access_person where person = ?")
                .param(id)
                .query(Long.class)
                .optional()
                .orElse(1L);
    }

    /** Notes a change; the first one of two at the same moment wins and the other fails on the key. */
    public void save(String id, long version, boolean disabled) {
        int changed = jdbc.sql("update access_person set version = ?, disabled = ? where person = ? and version = ?")
                .params(version + 1, disabled, id, version)
                .update();
        if (changed == 0) {
            jdbc.sql("insert into access_person (person, version, disabled) values (?, ?, ?)")
                    .params(id, version + 1, disabled)
                    .update();
        }
    }

    /** How often everything the person was signed in to was ended. Read it before what proves who they are. */
    public long era(String id) {
        return jdbc.sql("select sign_in_era from access_person where person = ?")
                .param(id)
                .query(Long.class)
                .optional()
                .orElse(0L);
    }

    /** Ends everything the person is signed in to: at once on this node, within a minute on every other. */
    @Transactional
    public void endSignIns(String id) {
        int changed = jdbc.sql("update access_person set sign_in_era = sign_in_era + 1 where person = ?")
                .param(id)
                .update();
        if (changed == 0) {
            jdbc.sql("insert into access_person (person, version, disabled, sign_in_era) values (?, 1, false, 1)")
                    .param(id)
                    .update();
        }
        ended.endBefore(id, era(id));
    }
}
