/**
 * Commands about the catalogue of event types. Options that select events by their type are in
 * {@code app.cli.option}.
 */
@NullMarked
package dev.hookferry.app.cli.catalog;

import org.jspecify.annotations.NullMarked;
