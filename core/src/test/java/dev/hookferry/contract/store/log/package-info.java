/**
 * Contract tests of the logs that a store keeps: events, deliveries, attempts and audit entries.
 */
@NullMarked
package dev.hookferry.contract.store.log;

import org.jspecify.annotations.NullMarked;
