/**
 * What the tests need from the machine: a real MySQL and a real browser.
 *
 * <p>A test class written for the embedded database runs on MySQL too with a second, empty class:
 *
 * <pre>{@code
 * @SpringBootTest
 * @OnH2
 * class LedgerTests { ... }
 *
 * @OnMySql
 * class LedgerOnMySqlTests extends LedgerTests {}
 * }</pre>
 *
 * <p>All classes of one configuration share one context and one database of each kind.
 */
@NullMarked
package io.gatehouse.testing;

import org.jspecify.annotations.NullMarked;
