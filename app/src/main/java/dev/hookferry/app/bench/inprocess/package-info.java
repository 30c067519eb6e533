/**
 * Benches that run nodes in this process instead of starting servers: copies, large configurations,
 * rates. Single steps are measured in {@code app.bench.micro}.
 */
@NullMarked
package dev.hookferry.app.bench.inprocess;

import org.jspecify.annotations.NullMarked;
