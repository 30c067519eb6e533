/** Queries, filters and pages of lists. How a store answers them is its own business. */
@NullMarked
package dev.hookferry.query;

import org.jspecify.annotations.NullMarked;
