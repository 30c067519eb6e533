/**
 * Queries, filters and pages of lists. Each store executes them in its own way; filters of
 * endpoints on events are in {@code filter}.
 */
@NullMarked
package dev.hookferry.query;

import org.jspecify.annotations.NullMarked;
