package io.gatehouse.access;

import java.io.Serializable;

/** How often a person's sign-ins had been ended when this one began; kept as its details. */
record SignInEra(long number) implements Serializable {}
