/**
 * Health, an endpoint and meters of the embedded Hookferry, for applications with Spring Boot's
 * Actuator. Not for direct use; the standalone server's metrics are in {@code
 * dev.hookferry.http.metrics}.
 */
@NullMarked
package dev.hookferry.spring.actuate;

import org.jspecify.annotations.NullMarked;
