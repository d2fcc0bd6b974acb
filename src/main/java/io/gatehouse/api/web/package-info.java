/** Keeps the API's conventions for every request: limits, strict JSON, idempotency, problems for everything refused. */
@NullMarked
package io.gatehouse.api.web;

import org.jspecify.annotations.NullMarked;
