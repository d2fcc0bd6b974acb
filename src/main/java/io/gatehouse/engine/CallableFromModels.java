package io.gatehouse.engine;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.stereotype.Component;

/**
 * A bean whose public methods an expression in a model may call, for example
 * {@code ${changeApprovals.rejected(changeNumber)}}. Such methods only answer questions; they change nothing.
 */
@Component
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface CallableFromModels {}
