/** The catalog's part of the API. */
@NullMarked
package io.gatehouse.catalog.web;

import org.jspecify.annotations.NullMarked;
