/**
 * Spring Modulith support: events that modules externalize become webhooks. Not for direct use;
 * other events are published through {@code WebhookPublisher} in {@code dev.hookferry.spring}.
 */
@NullMarked
package dev.hookferry.spring.modulith;

import org.jspecify.annotations.NullMarked;
