/** Contracts of the running server, on every store. */
@NullMarked
package dev.hookferry.app.server;

import org.jspecify.annotations.NullMarked;
