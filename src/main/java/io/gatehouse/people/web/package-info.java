/** The pages on which people choose their passwords. */
@NullMarked
package io.gatehouse.people.web;

import org.jspecify.annotations.NullMarked;
