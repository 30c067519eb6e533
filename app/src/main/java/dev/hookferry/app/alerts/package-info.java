/**
 * Alerts by e-mail and chat: which incidents are reported, and the channels that carry them.
 * Incidents that are published as events are in {@code internal.incident}.
 */
@NullMarked
package dev.hookferry.app.alerts;

import org.jspecify.annotations.NullMarked;
