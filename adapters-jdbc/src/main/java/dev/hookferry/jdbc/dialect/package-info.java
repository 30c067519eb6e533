/** Differences between the databases: types, errors, and how many rows travel at once. */
@NullMarked
package dev.hookferry.jdbc.dialect;

import org.jspecify.annotations.NullMarked;
