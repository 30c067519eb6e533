/**
 * Handling of endpoint incidents, and the operational events about them: failures, exhausted
 * deliveries, blocked keys, expiring certificates and signatures. {@code engine.outcome} determines
 * the health of endpoints. Not part of the API.
 */
@NullMarked
package dev.hookferry.internal.incident;

import org.jspecify.annotations.NullMarked;
