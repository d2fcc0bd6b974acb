package io.gatehouse.rollout;

import io.gatehouse.access.CurrentPerson;
import io.gatehouse.access.Permissions;
import io.gatehouse.access.Person;
import io.gatehouse.api.ProblemException;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Service;

/** Whether tools are held back after a restore, and the end of that by a person. */
@Service
public class Quarantines implements MeterBinder {

    private static final Logger log = LoggerFactory.getLogger(Quarantines.class);
    private static final String RELEASE = "POST /api/v1/quarantine/release";

    private final QuarantineRows rows;
    private final RolloutRows rollouts;
    private final RolloutAudit audit;
    private final DispatchSignal signal;
    private final Permissions permissions;
    private final CurrentPerson currentPerson;
    private final Contention contention;

    Quarantines(
            QuarantineRows rows,
            RolloutRows rollouts,
            RolloutAudit audit,
            DispatchSignal signal,
            Permissions permissions,
            CurrentPerson currentPerson,
            Contention contention) {
        this.rows = rows;
        this.rollouts = rollouts;
        this.audit = audit;
        this.signal = signal;
        this.permissions = permissions;
        this.currentPerson = currentPerson;
        this.contention = contention;
    }

    /** Those that last, oldest first; as a rule none. */
    public List<Quarantine> inForce() {
        return rows.inForce();
    }

    /** The numbers of the rollouts that are not over, each of which somebody has to look at. */
    public List<String> liveRollouts() {
        return rollouts.live().stream().map(RolloutNumber::of).toList();
    }

    /**
     * Lets tools be called again. Rollouts that the restore has paused stay paused until somebody resumes each.
     *
     * @throws ProblemException forbidden to most; conflict if nothing is held back
     */
    public void release(String reason) {
        Person person = currentPerson.find().orElse(null);
        permissions.require(RELEASE, person);
        String by = Objects.requireNonNull(person).id();
        contention.survive(() -> {
            List<Quarantine> held = rows.lockInForce();
            if (held.isEmpty()) {
                throw ProblemException.conflict(
                        "no-quarantine", "Nothing is held back", "Tools are called as always; there is no quarantine.");
            }
            held.forEach(quarantine -> audit.quarantineReleased(rows.release(quarantine, by, reason)));
            signal.afterCommit();
            return held;
        });
        log.warn("The quarantine is over, tools are called again");
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("gatehouse.rollout.quarantines", this::count)
                .description("Restores of the database after which tools are held back until a person releases them")
                .register(registry);
    }

    private double count() {
        try {
            return rows.inForce().size();
        } catch (DataAccessException e) {
            return Double.NaN;
        }
    }
}
