package io.gatehouse.rollout;

import org.springframework.stereotype.Component;

/** One look around for work; what the loop does all the time can be done by hand, one round after the other. */
@Component
class DispatchRound {

    private static final int MANY = 50;

    private final RollbackChain rollbacks;
    private final CallbackInbox inbox;
    private final Dispatcher dispatcher;
    private final StopDispatcher stops;

    DispatchRound(RollbackChain rollbacks, CallbackInbox inbox, Dispatcher dispatcher, StopDispatcher stops) {
        this.rollbacks = rollbacks;
        this.inbox = inbox;
        this.dispatcher = dispatcher;
        this.stops = stops;
    }

    /** Does what needs no tool and leaves commands behind. */
    int prepare() {
        return inbox.applyDue() + rollbacks.advanceIdle();
    }

    /** Does everything that is due now, on the calling thread; 0 when nothing was. */
    int dispatchOnce() {
        int prepared = prepare();
        var leases = dispatcher.lease(MANY);
        leases.forEach(dispatcher::send);
        var toStop = stops.lease(MANY);
        toStop.forEach(stops::send);
        return prepared + leases.size() + toStop.size();
    }
}
