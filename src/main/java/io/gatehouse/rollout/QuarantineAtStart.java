package io.gatehouse.rollout;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Begins the quarantine that the settings of this node name, before its dispatcher starts. Every command that has no end
 * then counts as one that a tool may have been told, and every rollout that could begin a step is paused: of what it did
 * since the backup, not even the keys are known.
 */
@Component
class QuarantineAtStart implements SmartInitializingSingleton {

    private static final Logger log = LoggerFactory.getLogger(QuarantineAtStart.class);

    private final QuarantineRows rows;
    private final RolloutRows rollouts;
    private final CommandRows commands;
    private final StepRows steps;
    private final Ledger ledger;
    private final RolloutAudit audit;
    private final RolloutProperties properties;
    private final Contention contention;

    QuarantineAtStart(
            QuarantineRows rows,
            RolloutRows rollouts,
            CommandRows commands,
            StepRows steps,
            Ledger ledger,
            RolloutAudit audit,
            RolloutProperties properties,
            Contention contention) {
        this.rows = rows;
        this.rollouts = rollouts;
        this.commands = commands;
        this.steps = steps;
        this.ledger = ledger;
        this.audit = audit;
        this.properties = properties;
        this.contention = contention;
    }

    @Override
    public void afterSingletonsInstantiated() {
        String name = properties.quarantine();
        if (name != null && !rows.exists(name)) {
            begin(name);
        }
        remind();
    }

    /** Once for each name, however many nodes start with it. */
    void begin(String name) {
        try {
            contention.survive(() -> {
                Quarantine begun = rows.insert(name);
                audit.quarantineBegun(begun);
                commands.rolloutsWithOpenOnes().forEach(this::doubt);
                rollouts.live().forEach(id -> pause(id, name));
                return begun;
            });
        } catch (DuplicateKeyException anotherNodeHasBegunIt) {
            log.info("The quarantine {} has been begun by another node", name);
        }
    }

    @Scheduled(fixedDelayString = "PT10M", initialDelayString = "PT10M")
    void remind() {
        rows.inForce()
                .forEach(quarantine -> log.warn(
                        "No tool is told anything since {} because of the quarantine {};"
                                + " POST /api/v1/quarantine/release once each rollout has been looked at in its tools",
                        quarantine.begunAt(),
                        quarantine.name()));
    }

    private void doubt(long rollout) {
        rollouts.lock(rollout);
        for (Command command : commands.open(rollout)) {
            Step step = steps.get(rollout, command.seq());
            boolean moved = command.state().isUnsent() && commands.move(command, CommandState.SENDING, Duration.ZERO);
            if (moved && step.state() == StepState.HELD) {
                ledger.move(step, StepState.RUNNING, "");
            }
        }
    }

    private void pause(long id, String name) {
        Rollout rollout = rollouts.lock(id);
        if (rollout.state().mayBePaused() && !rollout.rollbackRequested() && !rollout.isPaused()) {
            String reason = "Restored from a backup (" + name + "): look in the tools what has run since.";
            rollouts.pause(id, "system", reason);
            audit.paused(rollouts.lock(id), reason);
        }
    }
}
