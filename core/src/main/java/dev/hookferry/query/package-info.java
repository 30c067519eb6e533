/** Queries, filters and pages of lists. Each store executes them in its own way. */
@NullMarked
package dev.hookferry.query;

import org.jspecify.annotations.NullMarked;
