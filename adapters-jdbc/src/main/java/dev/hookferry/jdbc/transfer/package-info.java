/** Reading a database as a whole, and filling an empty one. */
@NullMarked
package dev.hookferry.jdbc.transfer;

import org.jspecify.annotations.NullMarked;
