/**
 * Checks an audit trail from outside, as an auditor would: reads the tables, shares no code with what wrote them, and
 * knows of the chain only what is written here.
 */
@NullMarked
package io.gatehouse.audit.verify;

import org.jspecify.annotations.NullMarked;
