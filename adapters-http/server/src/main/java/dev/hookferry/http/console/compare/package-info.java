/**
 * The comparison of two attempts of a delivery: in words, and side by side. A single attempt is
 * shown in {@code console.deliveries}.
 */
@NullMarked
package dev.hookferry.http.console.compare;

import org.jspecify.annotations.NullMarked;
