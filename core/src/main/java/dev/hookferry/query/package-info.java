/**
 * Queries and pages of lists, which each store executes in its own way. The event filters of
 * endpoints are in {@code filter}.
 */
@NullMarked
package dev.hookferry.query;

import org.jspecify.annotations.NullMarked;
