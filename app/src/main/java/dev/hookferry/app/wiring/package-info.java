/**
 * Assembles, starts and stops the server: one Guice module per concern. The configuration is read
 * in {@code app.config.reading}.
 */
@NullMarked
package dev.hookferry.app.wiring;

import org.jspecify.annotations.NullMarked;
