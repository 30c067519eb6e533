package dev.hookferry.contract.support;

import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs the benchmarks of a class. */
public final class Jmh {
  private Jmh() {}

  /**
   * Runs all benchmarks of a class, in a JVM as users have it: the options of the tests' own, which
   * has no second compiler, are not handed on.
   */
  public static void run(Class<?> benchmarks) throws RunnerException {
    var unused =
        new Runner(
                new OptionsBuilder()
                    .include(benchmarks.getName() + "\\.")
                    .jvmArgs("-Xmx512m")
                    .build())
            .run();
  }
}
