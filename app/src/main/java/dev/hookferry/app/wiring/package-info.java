/**
 * Puts the server together and starts and stops it: one Guice module per concern. The configuration
 * is read in {@code app.config.reading}.
 */
@NullMarked
package dev.hookferry.app.wiring;

import org.jspecify.annotations.NullMarked;
