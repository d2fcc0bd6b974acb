package io.gatehouse.release;

/**
 * Something of a release was written, which may have changed how ready it is. Published in the transaction that writes, by
 * whoever has locked the release.
 */
public record ReleaseWritten(Release release) {}
