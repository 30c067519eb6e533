/**
 * The results of an inspection of a store's database, for diagnosis. {@code DatabaseInspector} in
 * {@code dev.hookferry.jdbc} runs the inspection.
 */
@NullMarked
package dev.hookferry.jdbc.inspection;

import org.jspecify.annotations.NullMarked;
