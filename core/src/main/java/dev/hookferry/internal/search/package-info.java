/**
 * Rules for searches by values in event data: which fields can be queried, and which events can be
 * found. Stores carry out the search, through {@code AttemptLog} in {@code store}.
 */
@NullMarked
package dev.hookferry.internal.search;

import org.jspecify.annotations.NullMarked;
