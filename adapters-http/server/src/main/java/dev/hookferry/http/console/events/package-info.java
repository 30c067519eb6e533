/** Pages about events: list, search, publish. */
@NullMarked
package dev.hookferry.http.console.events;

import org.jspecify.annotations.NullMarked;
