package io.gatehouse.testing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.test.context.ContextConfiguration;

/**
 * Runs a Spring test on a fresh database of the shared MySQL; see {@link NeedsMySql}.
 *
 * <p>On a subclass or {@code @Nested} class it replaces the database of the class above.
 */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@NeedsMySql
@ContextConfiguration(initializers = MySqlContextInitializer.class, inheritInitializers = false)
public @interface OnMySql {}
