/**
 * Benchmarks of single steps of an attempt, without server and store. Whole deliveries are measured
 * in {@code app.bench.run}.
 */
@NullMarked
package dev.hookferry.app.bench.micro;

import org.jspecify.annotations.NullMarked;
