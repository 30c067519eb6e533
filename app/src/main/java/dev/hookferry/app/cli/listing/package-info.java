/**
 * Tables and field lists as commands print them. How a table is laid out, and fits a terminal, is
 * in {@code app.text}.
 */
@NullMarked
package dev.hookferry.app.cli.listing;

import org.jspecify.annotations.NullMarked;
