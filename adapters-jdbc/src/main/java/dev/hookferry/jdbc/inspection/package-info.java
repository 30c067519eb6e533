/**
 * The results of an inspection of a store's database, for diagnosis. The inspection is made by
 * {@code DatabaseInspector} in {@code dev.hookferry.jdbc}.
 */
@NullMarked
package dev.hookferry.jdbc.inspection;

import org.jspecify.annotations.NullMarked;
