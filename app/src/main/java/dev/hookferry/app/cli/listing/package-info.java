/**
 * Tables and field lists as commands print them. The layout of tables, and their fitting to a
 * terminal, is in {@code app.text}.
 */
@NullMarked
package dev.hookferry.app.cli.listing;

import org.jspecify.annotations.NullMarked;
