/**
 * The processes that a bench starts: server, producers, receivers. The HTTP that they speak is in
 * {@code app.bench.wire}; their tasks in a run are decided in {@code app.bench.run}.
 */
@NullMarked
package dev.hookferry.app.bench.load;

import org.jspecify.annotations.NullMarked;
