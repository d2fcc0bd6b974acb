package io.gatehouse.rollout.web;

import io.gatehouse.api.Page;
import io.gatehouse.api.PageQuery;
import io.gatehouse.api.ProblemException;
import io.gatehouse.rollout.Callback;
import io.gatehouse.rollout.CallbackState;
import io.gatehouse.rollout.Callbacks;
import io.gatehouse.rollout.connector.Notice;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Where tools report; a delivery is kept when the answer is 202, and applied afterwards. */
@RestController
@RequestMapping("/api/v1/callbacks")
class CallbacksController {

    /** A delivery without its body, which may hold what the tool printed. */
    record CallbackRepresentation(
            String connector, String deliveryId, CallbackState state, String note, int tries, Instant receivedAt) {

        static CallbackRepresentation of(Callback callback) {
            return new CallbackRepresentation(
                    callback.source(),
                    callback.deliveryId(),
                    callback.state(),
                    callback.note(),
                    callback.tries(),
                    callback.receivedAt());
        }
    }

    private final Callbacks callbacks;

    CallbacksController(Callbacks callbacks) {
        this.callbacks = callbacks;
    }

    @PostMapping("/{connector}")
    @ResponseStatus(HttpStatus.ACCEPTED)
    void receive(
            @PathVariable String connector,
            @RequestHeader(name = "webhook-id", defaultValue = "") String id,
            @RequestHeader(name = "webhook-timestamp", defaultValue = "") String timestamp,
            @RequestHeader(name = "webhook-signature", defaultValue = "") String signatures,
            @RequestBody(required = false) byte @Nullable [] body,
            HttpServletRequest request) {
        byte[] sent = body == null ? new byte[0] : body;
        if (callbacks.take(connector, new Notice(request::getHeader, sent))) {
            return;
        }
        Callbacks.Signature signature = new Callbacks.Signature(id, timestamp, signatures);
        Callbacks.Receipt receipt = callbacks.receive(connector, signature, sent);
        // After the commit: the audit entry about a conflict must stay.
        if (receipt == Callbacks.Receipt.CONFLICT) {
            throw ProblemException.conflict(
                    "callback-conflict",
                    "Another body under the same id",
                    "A delivery with this webhook-id and another body was received before; that one counts.");
        }
    }

    @GetMapping
    Page<CallbackRepresentation> list(PageQuery page, @RequestParam(required = false) @Nullable CallbackState state) {
        return callbacks.list(page, state).map(CallbackRepresentation::of);
    }
}
