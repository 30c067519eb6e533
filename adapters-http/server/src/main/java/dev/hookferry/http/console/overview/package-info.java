/**
 * The overview page of a site: whether everything is being delivered, and the first steps. All
 * problems are listed in {@code console.problems}; charts are drawn in {@code console.activity}.
 */
@NullMarked
package dev.hookferry.http.console.overview;

import org.jspecify.annotations.NullMarked;
