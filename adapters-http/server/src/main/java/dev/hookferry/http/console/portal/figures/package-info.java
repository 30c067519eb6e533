/**
 * Figures of a customer's endpoints, in deliveries by their current outcome. The pages that show
 * them are in {@code console.portal}; the operator's charts, in {@code console.activity}, count
 * attempts.
 */
@NullMarked
package dev.hookferry.http.console.portal.figures;

import org.jspecify.annotations.NullMarked;
