package dev.hookferry.contract.support;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Quotes the sentence of a port's Javadoc that a contract test checks. On an interface it applies
 * to all tests that have no quotation of their own. A test that fails reports it.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Promise {
  /** Returns the type whose Javadoc contains the sentence. */
  Class<?> by();

  /** Returns the sentence, or the part of it that is checked, without Javadoc tags. */
  String value();
}
