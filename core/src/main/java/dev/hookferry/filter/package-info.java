/**
 * Filters of endpoints: their syntax, and their evaluation on the data of an event. Which endpoint
 * has which filter, and what follows from its verdict, is decided elsewhere.
 */
@NullMarked
package dev.hookferry.filter;

import org.jspecify.annotations.NullMarked;
