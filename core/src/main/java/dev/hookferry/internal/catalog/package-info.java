/**
 * Inner workings of event types: checks changes of them, and the data of events against their
 * schemas while they are published. Schemas are compiled once, when they are first needed.
 */
@NullMarked
package dev.hookferry.internal.catalog;

import org.jspecify.annotations.NullMarked;
