/** The API of models. */
@NullMarked
package io.gatehouse.model.web;

import org.jspecify.annotations.NullMarked;
