/**
 * The console: server-rendered pages for people, one more client of the facade. It knows nothing of
 * sockets: a {@link dev.hookferry.http.console.ConsoleRequest} comes in, a {@link
 * dev.hookferry.http.console.ConsoleReply} goes out.
 */
@NullMarked
package dev.hookferry.http.console;

import org.jspecify.annotations.NullMarked;
