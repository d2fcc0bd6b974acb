/** The part of the API in which secrets are put, and never shown. */
@NullMarked
package io.gatehouse.secret.web;

import org.jspecify.annotations.NullMarked;
