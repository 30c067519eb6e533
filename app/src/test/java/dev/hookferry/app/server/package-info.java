/** What the running server promises, on every store. */
@NullMarked
package dev.hookferry.app.server;

import org.jspecify.annotations.NullMarked;
