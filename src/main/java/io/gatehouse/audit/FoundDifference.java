package io.gatehouse.audit;

import java.time.Instant;

/** A row that is not as the audit trail says, and since when that is known. */
public record FoundDifference(long id, String object, String kind, String sentence, Instant foundAt) {}
