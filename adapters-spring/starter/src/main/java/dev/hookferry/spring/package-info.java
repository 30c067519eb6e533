/**
 * The API for Spring applications: {@link dev.hookferry.spring.WebhookPublisher}, which publishes
 * events in the application's own transactions, and the bean types with which an application
 * replaces parts of the auto-configuration. The auto-configuration itself is in {@code
 * spring.autoconfigure}.
 */
@NullMarked
package dev.hookferry.spring;

import org.jspecify.annotations.NullMarked;
