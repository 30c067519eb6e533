/** The results of an inspection of a store's database, for diagnosis. */
@NullMarked
package dev.hookferry.jdbc.inspection;

import org.jspecify.annotations.NullMarked;
