/** The part of the API in which people are kept, and the pages on which they choose their passwords. */
@NullMarked
package io.gatehouse.people.web;

import org.jspecify.annotations.NullMarked;
