/** Which nodes own deliveries, and whether the database still has what they wrote. */
@NullMarked
package dev.hookferry.jdbc.owner;

import org.jspecify.annotations.NullMarked;
