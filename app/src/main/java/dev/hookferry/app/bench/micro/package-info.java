/** Benchmarks of single steps of an attempt, without server and store. */
@NullMarked
package dev.hookferry.app.bench.micro;

import org.jspecify.annotations.NullMarked;
