package io.gatehouse.api.web;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;

/** How often callers were refused for what they proved themselves with, at all doors of this node together. */
class SignInRefusals {

    private final TokenBuckets byAddress;
    private final MeterRegistry meters;

    SignInRefusals(TokenBuckets byAddress, MeterRegistry meters) {
        this.byAddress = byAddress;
        this.meters = meters;
    }

    /** How long an address has to wait before anything it sends is looked at. */
    Duration pause(String address) {
        return byAddress.pause(address);
    }

    /**
     * Counts one.
     *
     * @param door api, page or management
     */
    void add(String address, String door) {
        byAddress.take(address);
        meters.counter("gatehouse.sign.ins.refused", "door", door).increment();
    }
}
