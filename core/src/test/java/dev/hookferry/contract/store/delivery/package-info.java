/**
 * Contract tests of {@link dev.hookferry.store.DeliveryStore}: publishing, claims, results,
 * commands and owners.
 */
@NullMarked
package dev.hookferry.contract.store.delivery;

import org.jspecify.annotations.NullMarked;
