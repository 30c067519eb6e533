/** The log of the process: one line for each event that its operator wants to know about. */
@NullMarked
package dev.hookferry.app.logging;

import org.jspecify.annotations.NullMarked;
