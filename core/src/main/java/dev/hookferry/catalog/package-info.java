/**
 * The catalogue of event types: what each means, an example, its JSON Schema with earlier versions,
 * and documents for receivers. Publishing and checking happen elsewhere.
 */
@NullMarked
package dev.hookferry.catalog;

import org.jspecify.annotations.NullMarked;
