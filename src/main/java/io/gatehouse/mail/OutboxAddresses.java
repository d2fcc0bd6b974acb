package io.gatehouse.mail;

import io.gatehouse.access.KeptAddresses;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Addresses in the outbox, where they come from plans of other modules: so it is asked after those. */
@Component
@Order(2)
class OutboxAddresses implements KeptAddresses {

    private final MailRows rows;

    OutboxAddresses(MailRows rows) {
        this.rows = rows;
    }

    @Override
    public void erase(String person, String address, String standIn) {
        rows.erase(address, standIn);
    }
}
