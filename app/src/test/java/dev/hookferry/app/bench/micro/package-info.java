/** Tests of the benchmarks of single steps. */
@NullMarked
package dev.hookferry.app.bench.micro;

import org.jspecify.annotations.NullMarked;
