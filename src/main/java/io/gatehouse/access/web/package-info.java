/**
 * The pages to sign in and out, and the permission table where requests come in: before anything in them is read.
 */
@NullMarked
package io.gatehouse.access.web;

import org.jspecify.annotations.NullMarked;
