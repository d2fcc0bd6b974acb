package io.gatehouse.audit;

import java.time.Instant;

/** An entry before it has its place in the chain; {@code payload} is canonical JSON. */
record AuditDraft(Instant at, String actor, String action, String object, String payload) {}
