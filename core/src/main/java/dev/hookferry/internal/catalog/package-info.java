/**
 * Inner workings of event types: checks changes of them, and the data of events against their
 * schemas while they are published. Schemas are compiled once, when they are first needed, through
 * the port in {@code schema}.
 */
@NullMarked
package dev.hookferry.internal.catalog;

import org.jspecify.annotations.NullMarked;
