/**
 * What a normal change costs: drives its whole life over HTTP against the packaged application on a MySQL whose commits
 * are durable, next to a plain engine behind its own REST interface. See {@code docs/performance.md}.
 */
@NullMarked
package io.gatehouse.bench;

import org.jspecify.annotations.NullMarked;
