/** Why an endpoint gets an event, or not, and what a filter would have let pass. */
@NullMarked
package dev.hookferry.routing;

import org.jspecify.annotations.NullMarked;
