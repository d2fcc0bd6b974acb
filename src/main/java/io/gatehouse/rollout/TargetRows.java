package io.gatehouse.rollout;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Which rollout has which service in which environment; the primary key lets only one have it. */
@Repository
class TargetRows {

    private final JdbcClient jdbc;

    TargetRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Takes all services or none. */
    boolean take(long rollout, String environment, Collection<String> services) {
        if (!holders(rollout, environment, services).isEmpty()) {
            return false;
        }
        try {
            // In a fixed order, so two rollouts with the same services never wait for each other.
            new TreeSet<>(services).forEach(service -> insert(rollout, environment, service));
            return true;
        } catch (DuplicateKeyException lostTheRace) {
            release(rollout);
            return false;
        }
    }

    /** The rollouts that have one of the services. */
    List<Long> holders(long rollout, String environment, Collection<String> services) {
        return services.stream()
                .flatMap(service -> holder(environment, service).stream())
                .filter(holder -> holder != rollout)
                .distinct()
                .toList();
    }

    /** The abandoned rollouts that still have services. */
    @Transactional
    List<Long> abandonedHolders() {
        return jdbc.sql(
                        """
                select distinct t.rollout_id from rollout_target t join rollout r on r.id = t.rollout_id
                where r.state = 'ABANDONED'""")
                .query(Long.class)
                .list();
    }

    void release(long rollout) {
        jdbc.sql("delete from rollout_target where rollout_id = :rollout")
                .param("rollout", rollout)
                .update();
    }

    private Optional<Long> holder(String environment, String service) {
        return jdbc.sql("select rollout_id from rollout_target where service = :service and environment = :environment")
                .param("service", service)
                .param("environment", environment)
                .query(Long.class)
                .optional();
    }

    private void insert(long rollout, String environment, String service) {
        jdbc.sql("insert into rollout_target (service, environment, rollout_id) values (:service, :environment, :id)")
                .param("service", service)
                .param("environment", environment)
                .param("id", rollout)
                .update();
    }
}
