package io.gatehouse.crash;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Callers who each take one change after the other through its life, without a pause. */
final class Load {

    private final PatientCaller caller;
    private final Acknowledged acknowledged = new Acknowledged();
    private final Queue<Throwable> broken = new ConcurrentLinkedQueue<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final DeployTool tool;
    private volatile boolean enough;

    Load(List<URI> nodes, DeployTool tool) {
        this.caller = new PatientCaller(nodes);
        this.tool = tool;
    }

    void start(int workers, long seed) {
        Organisation.create(caller, workers, seed);
        for (int worker = 0; worker < workers; worker++) {
            Random random = new Random(seed + worker);
            String service = Organisation.serviceOf(worker);
            threads.execute(() -> work(random, service));
        }
        threads.shutdown();
    }

    private void work(Random random, String service) {
        try {
            while (!enough) {
                new ChangeLife(
                                caller,
                                acknowledged,
                                new Requester(caller, acknowledged, random, service),
                                new RolloutCare(caller, acknowledged, tool, random),
                                random)
                        .live();
            }
        } catch (RuntimeException | AssertionError e) {
            broken.add(e);
        }
    }

    /** Fails as soon as a caller got an answer that it should not get. */
    void requireUnbroken() {
        broken.forEach(cause -> {
            throw new AssertionError("A caller gave up", cause);
        });
    }

    /** Begins no further change and waits until each that has begun has ended. */
    void finish(Duration limit) throws InterruptedException {
        enough = true;
        if (!threads.awaitTermination(limit.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("Not every change has ended within " + limit);
        }
        requireUnbroken();
    }

    PatientCaller caller() {
        return caller;
    }

    Acknowledged acknowledged() {
        return acknowledged;
    }
}
