/** The API of changes. */
@NullMarked
package io.gatehouse.change.web;

import org.jspecify.annotations.NullMarked;
