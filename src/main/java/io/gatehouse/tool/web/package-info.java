/** The part of the API in which tools and their tokens are kept. */
@NullMarked
package io.gatehouse.tool.web;

import org.jspecify.annotations.NullMarked;
