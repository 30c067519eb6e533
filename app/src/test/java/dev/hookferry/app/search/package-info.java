/** How long looks take in a store that is full: a bench of lists and filters. */
@NullMarked
package dev.hookferry.app.search;

import org.jspecify.annotations.NullMarked;
