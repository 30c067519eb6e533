/** Figures: latencies, spreads, rounding. */
@NullMarked
package dev.hookferry.app.bench.figures;

import org.jspecify.annotations.NullMarked;
