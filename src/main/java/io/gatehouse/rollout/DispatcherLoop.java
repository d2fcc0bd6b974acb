package io.gatehouse.rollout;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Keeps this node's dispatcher going: woken by commits of this node, and by time for what other nodes left. */
@Component
class DispatcherLoop implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(DispatcherLoop.class);
    private static final int SECONDS_TO_FINISH = 15;

    private final DispatchRound round;
    private final Dispatcher dispatcher;
    private final StopDispatcher stops;
    private final DispatchSignal signal;
    private final DueWork work;
    private final RolloutProperties properties;

    private volatile boolean running;
    private ExecutorService threads = Executors.newCachedThreadPool();

    DispatcherLoop(
            DispatchRound round,
            Dispatcher dispatcher,
            StopDispatcher stops,
            DispatchSignal signal,
            DueWork work,
            RolloutProperties properties) {
        this.round = round;
        this.dispatcher = dispatcher;
        this.stops = stops;
        this.signal = signal;
        this.work = work;
        this.properties = properties;
    }

    @Override
    public boolean isAutoStartup() {
        return properties.dispatch();
    }

    @Override
    public synchronized void start() {
        running = true;
        threads = Executors.newCachedThreadPool();
        threads.execute(this::run);
    }

    @Override
    public synchronized void stop() {
        running = false;
        signal.now();
        threads.shutdown();
        try {
            if (!threads.awaitTermination(SECONDS_TO_FINISH, TimeUnit.SECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void run() {
        Semaphore free = new Semaphore(properties.workers());
        boolean woken = true;
        while (running) {
            try {
                Duration pause = woken ? Duration.ZERO : work.in(properties.idlePoll());
                if (pause.isZero()) {
                    runOnce(free);
                    pause = properties.poll();
                }
                woken = signal.await(pause);
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                log.warn("The dispatcher goes on after", e);
                pause();
            }
        }
    }

    private void runOnce(Semaphore free) {
        round.prepare();
        for (Lease lease : dispatcher.lease(free.availablePermits())) {
            free.acquireUninterruptibly();
            threads.execute(() -> send(lease, free));
        }
        // Not held up by commands that take all workers: one of them may be what is to be stopped.
        stops.lease(1).forEach(order -> threads.execute(() -> stop(order)));
    }

    private void send(Lease lease, Semaphore free) {
        try {
            dispatcher.send(lease);
        } catch (RuntimeException e) {
            log.warn(
                    "{} stays leased and is looked at again when the lease ends",
                    lease.command().key(),
                    e);
        } finally {
            free.release();
            signal.now();
        }
    }

    private void stop(StopOrder order) {
        try {
            stops.send(order);
        } catch (RuntimeException e) {
            log.warn("To stop command {} stays leased and is looked at again when the lease ends", order.command(), e);
        } finally {
            signal.now();
        }
    }

    private void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(properties.poll().toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
