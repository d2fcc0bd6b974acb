/** What a deploy tool looks like to the ledger, whichever it is. */
@NullMarked
package io.gatehouse.rollout.connector;

import org.jspecify.annotations.NullMarked;
