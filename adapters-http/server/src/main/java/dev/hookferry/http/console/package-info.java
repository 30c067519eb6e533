/**
 * The console: server-rendered pages for people, one more client of the facade. Knows no sockets.
 */
@NullMarked
package dev.hookferry.http.console;

import org.jspecify.annotations.NullMarked;
