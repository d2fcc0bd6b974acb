/** Programs that an operator has configured, such as Ansible. */
@NullMarked
package io.gatehouse.rollout.command;

import org.jspecify.annotations.NullMarked;
