package io.gatehouse.engine;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Finds what is under way and has no process any more, because somebody has deleted it, and has it taken up: it would wait
 * for ever, or bind what waits for it.
 */
@Component
class LostProcesses {

    private static final Logger log = LoggerFactory.getLogger(LostProcesses.class);
    private static final int MANY = 500;

    private final List<UnderWay> kinds;
    private final RunningProcesses running;
    private final TransactionTemplate transaction;

    private record Lost(UnderWay kind, String number) {}

    LostProcesses(List<UnderWay> kinds, RunningProcesses running, PlatformTransactionManager transactions) {
        this.kinds = kinds;
        this.running = running;
        this.transaction = new TransactionTemplate(transactions);
    }

    @Scheduled(initialDelayString = "PT2M", fixedDelayString = "PT1M")
    void find() {
        List<Lost> lost = transaction.execute(
                status -> kinds.stream().flatMap(this::without).toList());
        (lost == null ? List.<Lost>of() : lost).forEach(LostProcesses::takeUp);
    }

    private Stream<Lost> without(UnderWay kind) {
        List<String> numbers = kind.numbers();
        return IntStream.iterate(0, start -> start < numbers.size(), start -> start + MANY)
                .mapToObj(start -> numbers.subList(start, Math.min(start + MANY, numbers.size())))
                .flatMap(some -> running.without(some).stream())
                .map(number -> new Lost(kind, number));
    }

    /** One after the other: one that cannot be taken up must not keep the others waiting. */
    private static void takeUp(Lost lost) {
        try {
            lost.kind().takeUp(lost.number());
        } catch (RuntimeException e) {
            log.warn("The process of {} is gone and it cannot be taken up", lost.number(), e);
        }
    }
}
