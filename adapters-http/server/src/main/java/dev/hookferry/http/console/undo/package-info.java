/** The way back from a change: the entries of the audit log, and the form of an endpoint. */
@NullMarked
package dev.hookferry.http.console.undo;

import org.jspecify.annotations.NullMarked;
