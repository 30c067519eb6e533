/**
 * The console: server-rendered pages for people, one more client of the facade. Each subject has
 * its pages in a package below; sockets are in {@code http.socket}.
 */
@NullMarked
package dev.hookferry.http.console;

import org.jspecify.annotations.NullMarked;
