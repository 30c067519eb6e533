/**
 * Follows up what happens to endpoints, and publishes operational events: failures, exhausted
 * deliveries, blocked keys, certificates and signatures that expire. {@code engine.outcome} decides
 * about their health. Not part of the API.
 */
@NullMarked
package dev.hookferry.internal.incident;

import org.jspecify.annotations.NullMarked;
