/**
 * The catalogue of event types: descriptions, examples, JSON Schemas with their earlier versions,
 * and documents for receivers. Events are checked against it in {@code internal.catalog}.
 */
@NullMarked
package dev.hookferry.catalog;

import org.jspecify.annotations.NullMarked;
