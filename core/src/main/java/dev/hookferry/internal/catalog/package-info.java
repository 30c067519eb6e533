/**
 * Internals of event types: validates changes to them, and checks the data of published events
 * against their schemas. A schema is compiled once, on first use, through the port in {@code
 * schema}.
 */
@NullMarked
package dev.hookferry.internal.catalog;

import org.jspecify.annotations.NullMarked;
