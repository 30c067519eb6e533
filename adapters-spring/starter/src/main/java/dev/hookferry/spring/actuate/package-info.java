/**
 * Health, an endpoint and meters of the embedded Hookferry, for applications with Spring Boot's
 * Actuator. Not for direct use.
 */
@NullMarked
package dev.hookferry.spring.actuate;

import org.jspecify.annotations.NullMarked;
