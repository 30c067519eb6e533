/**
 * Figures of benches: latencies, spreads, rounding. Reports are made of them in {@code
 * app.bench.run}.
 */
@NullMarked
package dev.hookferry.app.bench.figures;

import org.jspecify.annotations.NullMarked;
