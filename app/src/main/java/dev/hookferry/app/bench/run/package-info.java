/**
 * The runs of a bench and the report on them. The processes that a run needs are in {@code
 * app.bench.load}.
 */
@NullMarked
package dev.hookferry.app.bench.run;

import org.jspecify.annotations.NullMarked;
