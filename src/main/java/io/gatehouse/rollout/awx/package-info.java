/** AWX and the controller of the Ansible Automation Platform: jobs of a template. */
@NullMarked
package io.gatehouse.rollout.awx;

import org.jspecify.annotations.NullMarked;
