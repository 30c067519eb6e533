/**
 * One event on its way to one endpoint, its attempts, and the table of its life. {@code engine}
 * moves it along; queries that find it are in {@code query}.
 */
@NullMarked
package dev.hookferry.delivery;

import org.jspecify.annotations.NullMarked;
