/** Puts the server together and starts and stops it: one Guice module per concern. */
@NullMarked
package dev.hookferry.app.wiring;

import org.jspecify.annotations.NullMarked;
