package io.gatehouse.testing;

import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.springframework.scheduling.concurrent.ConcurrentTaskScheduler;

/** Takes what is to be done again and again, and never does it: a test that takes minutes would find it done. */
final class IdleScheduler extends ConcurrentTaskScheduler {

    IdleScheduler() {
        super(new ScheduledThreadPoolExecutor(1) {
            @Override
            public ScheduledFuture<?> scheduleWithFixedDelay(Runnable work, long first, long pause, TimeUnit unit) {
                return super.scheduleWithFixedDelay(work, 365, 365, TimeUnit.DAYS);
            }
        });
    }
}
