/** Searches by values of event data: what they can find. The stores search. */
@NullMarked
package dev.hookferry.internal.search;

import org.jspecify.annotations.NullMarked;
