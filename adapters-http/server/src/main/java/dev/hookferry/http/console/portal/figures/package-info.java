/**
 * Figures of a customer's endpoints, in deliveries by their current outcome. Nothing here knows
 * pages or requests.
 */
@NullMarked
package dev.hookferry.http.console.portal.figures;

import org.jspecify.annotations.NullMarked;
