/**
 * The catalogue of event types: what each means, an example, its JSON Schema with earlier versions,
 * and documents for receivers. Events are checked against it in {@code internal.catalog}.
 */
@NullMarked
package dev.hookferry.catalog;

import org.jspecify.annotations.NullMarked;
