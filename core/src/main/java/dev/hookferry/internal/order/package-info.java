/**
 * Retries of ended deliveries in the order of their keys, and reports of blocked keys. Stores keep
 * the order of deliveries that have not ended. Not part of the API.
 */
@NullMarked
package dev.hookferry.internal.order;

import org.jspecify.annotations.NullMarked;
