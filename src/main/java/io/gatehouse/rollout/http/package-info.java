/** How deploy tools are reached over HTTP: named addresses only, bounded in time and size. */
@NullMarked
package io.gatehouse.rollout.http;

import org.jspecify.annotations.NullMarked;
