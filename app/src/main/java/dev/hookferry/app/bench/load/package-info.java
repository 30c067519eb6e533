/**
 * The processes that a bench starts: server, producers, receivers. The HTTP that they speak is in
 * {@code app.bench.wire}; what they are to do in a run is decided in {@code app.bench.run}.
 */
@NullMarked
package dev.hookferry.app.bench.load;

import org.jspecify.annotations.NullMarked;
