/** Tests of the log. */
@NullMarked
package dev.hookferry.app.logging;

import org.jspecify.annotations.NullMarked;
