/** Forms that are filled with the values before a change, as the audit log has them. */
@NullMarked
package dev.hookferry.http.console.undo;

import org.jspecify.annotations.NullMarked;
