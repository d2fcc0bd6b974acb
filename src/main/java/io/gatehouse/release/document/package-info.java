/** What is written for a release: runbook, checklists, tickets and release notes. */
@NullMarked
package io.gatehouse.release.document;

import org.jspecify.annotations.NullMarked;
