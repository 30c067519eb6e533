/**
 * Event types as customers see them: described, with an example, and with their own endpoints.
 * Operators describe them on the pages in {@code console.catalog}.
 */
@NullMarked
package dev.hookferry.http.console.portal.types;

import org.jspecify.annotations.NullMarked;
