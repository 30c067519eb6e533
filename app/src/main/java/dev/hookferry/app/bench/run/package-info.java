/** The runs of a bench and the report on them. */
@NullMarked
package dev.hookferry.app.bench.run;

import org.jspecify.annotations.NullMarked;
