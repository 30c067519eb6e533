/** A look at the database of a store, for diagnosis. What a store needs to run is elsewhere. */
@NullMarked
package dev.hookferry.jdbc.inspection;

import org.jspecify.annotations.NullMarked;
