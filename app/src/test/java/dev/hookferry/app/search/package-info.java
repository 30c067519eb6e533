/** A bench of lists and filters in a full store. */
@NullMarked
package dev.hookferry.app.search;

import org.jspecify.annotations.NullMarked;
