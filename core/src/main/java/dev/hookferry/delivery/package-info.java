/** One event on its way to one endpoint, its attempts, and the table of its life. */
@NullMarked
package dev.hookferry.delivery;

import org.jspecify.annotations.NullMarked;
