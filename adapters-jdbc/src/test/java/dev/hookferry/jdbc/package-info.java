/** The SQL store against its contract, and what only SQL stores can do wrong. */
@NullMarked
package dev.hookferry.jdbc;

import org.jspecify.annotations.NullMarked;
