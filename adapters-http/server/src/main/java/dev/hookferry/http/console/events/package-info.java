/**
 * Pages about events: list, search, publish. Deliveries have their pages in {@code
 * console.deliveries}, event types in {@code console.catalog}.
 */
@NullMarked
package dev.hookferry.http.console.events;

import org.jspecify.annotations.NullMarked;
