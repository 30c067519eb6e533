/** Figures of benches: latencies, spreads, rounding. Their reports are in {@code app.bench.run}. */
@NullMarked
package dev.hookferry.app.bench.figures;

import org.jspecify.annotations.NullMarked;
