package io.gatehouse.bench;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Workers that live one life after the other for a while.
 *
 * @param lives lives lived to their end
 * @param took from the first call to the last answer
 */
record Load(long lives, Duration took, Timings timings) {

    static Load run(URI server, Life life, int workers, Duration duration)
            throws InterruptedException, ExecutionException {
        Timings timings = new Timings();
        ExecutorService threads = Executors.newFixedThreadPool(workers);
        long start = System.nanoTime();
        long end = start + duration.toNanos();
        try {
            List<Future<Long>> results = new ArrayList<>();
            for (int i = 0; i < workers; i++) {
                int worker = i;
                results.add(threads.submit(() -> {
                    Caller caller = new Caller(server, timings);
                    long lives = 0;
                    for (; System.nanoTime() < end; lives++) {
                        life.live(caller, worker);
                    }
                    return lives;
                }));
            }
            long lives = 0;
            for (Future<Long> result : results) {
                lives += result.get();
            }
            return new Load(lives, Duration.ofNanos(System.nanoTime() - start), timings);
        } finally {
            threads.shutdownNow();
        }
    }

    double livesPerSecond() {
        return lives * 1e9 / took.toNanos();
    }
}
