/** The processes that a bench starts: server, producers, receivers. */
@NullMarked
package dev.hookferry.app.bench.load;

import org.jspecify.annotations.NullMarked;
