package io.gatehouse.testing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Runs the class only with an SSH server unpacked from the distribution's package and an installed client; see
 * {@link SshHost}.
 *
 * <p>Without them the tests abort with one sentence; in CI they fail.
 */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("ssh")
@ExtendWith(SshExtension.class)
public @interface NeedsSsh {}
