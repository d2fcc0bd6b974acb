package io.gatehouse.audit;

import io.gatehouse.access.Person;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What the trail calls people: a number each, because nobody can take a name out of it again. Tools and Gatehouse itself
 * keep their names.
 */
@Component
class Surrogates {

    /** Facts that say who: whatever is recorded under them, at any depth, is a person. */
    private static final Set<String> WHO = Set.of(
            "person",
            "people",
            "by",
            "madeBy",
            "linkMadeBy",
            "responsible",
            "requester",
            "implementer",
            "reviewer",
            "member",
            "members",
            "delegate",
            "chair",
            "voter");

    private static final Pattern PEOPLE_IN_ADDRESS =
            Pattern.compile("(?<=/user/|/users/|/members/|/people/|[uU]serId=|assignee=)[^/?&=]+");

    private static final Set<String> NOBODY = Set.of("gatehouse", "-", "");

    private final Map<String, Long> known = new ConcurrentHashMap<>();
    private final JdbcClient jdbc;
    private final TransactionTemplate apart;

    Surrogates(JdbcClient jdbc, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        // A number that is given stays given, also if what it was first needed for does not happen.
        this.apart = new TransactionTemplate(transactions);
        apart.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    /** As {@code person-000000012}. */
    String of(String id) {
        return of("person", id);
    }

    /** As {@code account-000000012}: the same number for another kind of thing that is somebody's. */
    String of(String kind, String id) {
        return NOBODY.contains(id) || Person.isTool(id) ? id : AuditTrail.numbered(kind, number(id));
    }

    /** An address with numbers in the places of it that are people; what stands there and is nobody stays. */
    String inAddress(String address) {
        return PEOPLE_IN_ADDRESS
                .matcher(address)
                .replaceAll(found ->
                        Matcher.quoteReplacement(read(found.group()).isEmpty() ? found.group() : of(found.group())));
    }

    /** The same facts, with numbers for people. */
    Map<String, Object> in(Map<?, ?> facts) {
        Map<String, Object> replaced = new TreeMap<>();
        facts.forEach((name, value) -> replaced.put((String) name, replaced(value, WHO.contains(name))));
        return replaced;
    }

    private Object replaced(Object value, boolean person) {
        if (value instanceof Map<?, ?> facts) {
            return in(facts);
        }
        if (value instanceof Collection<?> several) {
            return several.stream().map(one -> replaced(one, person)).toList();
        }
        return person && value instanceof String id ? of(id) : value;
    }

    private long number(String id) {
        Long number = known.get(id);
        if (number == null) {
            number = found(id);
            known.put(id, number);
        }
        return number;
    }

    private long found(String id) {
        List<Long> numbers = read(id);
        if (numbers.isEmpty()) {
            try {
                apart.executeWithoutResult(status -> jdbc.sql("insert into audit_person (person) values (?)")
                        .param(id)
                        .update());
            } catch (DuplicateKeyException anotherWasFaster) {
                // Then there is one now.
            }
            numbers = read(id);
        }
        return numbers.get(0);
    }

    private List<Long> read(String id) {
        return jdbc.sql("select n from audit_person where person = ?")
                .param(id)
                .query(Long.class)
                .list();
    }
}
