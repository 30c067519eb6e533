/**
 * The bench: measures the real server with real receivers on the machine at hand. Its runs are in
 * {@code app.bench.run}; benches without a server of their own are in {@code app.bench.inprocess}
 * and {@code app.bench.micro}.
 */
@NullMarked
package dev.hookferry.app.bench;

import org.jspecify.annotations.NullMarked;
