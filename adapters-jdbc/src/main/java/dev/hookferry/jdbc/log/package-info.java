/** Pages of the log, and retention. */
@NullMarked
package dev.hookferry.jdbc.log;

import org.jspecify.annotations.NullMarked;
