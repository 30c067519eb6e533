/** The client of the HTTP API that the command line uses. */
@NullMarked
package dev.hookferry.app.client;

import org.jspecify.annotations.NullMarked;
