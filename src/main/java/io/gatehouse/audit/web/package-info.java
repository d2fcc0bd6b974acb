/** The API of the audit trail. */
@NullMarked
package io.gatehouse.audit.web;

import org.jspecify.annotations.NullMarked;
