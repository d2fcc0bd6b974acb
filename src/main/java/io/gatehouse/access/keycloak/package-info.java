/** Sign-in at a Keycloak: its tokens, its people and groups, and what happens while it cannot be reached. */
@NullMarked
package io.gatehouse.access.keycloak;

import org.jspecify.annotations.NullMarked;
