package io.gatehouse.tool;

import io.gatehouse.access.People;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** Whether those responsible for tools may still sign in themselves, as it was half a minute ago at the earliest. */
@Component
class ResponsiblePeople {

    /** Half of what a disabled person may go on for, so that the other half is for whoever tells us. */
    static final Duration KEPT = Duration.ofSeconds(30);

    private record Known(boolean active, Instant until) {}

    private final Map<String, Known> known = new ConcurrentHashMap<>();
    private final People people;
    private final Clock clock;

    ResponsiblePeople(People people, Clock clock) {
        this.people = people;
        this.clock = clock;
    }

    boolean isActive(String person) {
        Instant now = clock.instant();
        Known last = known.get(person);
        if (last == null || !now.isBefore(last.until())) {
            last = new Known(people.isActive(person), now.plus(KEPT));
            known.put(person, last);
        }
        return last.active();
    }
}
