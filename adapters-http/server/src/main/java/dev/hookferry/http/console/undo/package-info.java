/**
 * Undo of changes: finds a change in the audit log, and fills an endpoint's form with the values
 * before it. The forms of settings and server properties are filled in {@code console.site}.
 */
@NullMarked
package dev.hookferry.http.console.undo;

import org.jspecify.annotations.NullMarked;
