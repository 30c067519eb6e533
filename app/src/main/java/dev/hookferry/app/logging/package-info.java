/** The log of the process: one line for what a person who runs it wants to know. */
@NullMarked
package dev.hookferry.app.logging;

import org.jspecify.annotations.NullMarked;
