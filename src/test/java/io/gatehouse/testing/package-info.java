/**
 * What the tests need from the machine: a real MySQL and a real browser.
 */
@NullMarked
package io.gatehouse.testing;

import org.jspecify.annotations.NullMarked;
