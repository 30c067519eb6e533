/** The HTTP server: the API and the console on one port. */
@NullMarked
package dev.hookferry.http;

import org.jspecify.annotations.NullMarked;
