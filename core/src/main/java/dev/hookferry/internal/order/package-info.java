/**
 * Retries ended deliveries in the order of their keys, and reports keys that are blocked. The order
 * of deliveries that have not ended is the stores' concern. Not part of the API.
 */
@NullMarked
package dev.hookferry.internal.order;

import org.jspecify.annotations.NullMarked;
