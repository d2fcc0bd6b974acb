package io.gatehouse.release;

/** A release is in production, or nobody wants it any more. Told in the transaction that makes it so. */
record ReleaseOver(Release release) {}
