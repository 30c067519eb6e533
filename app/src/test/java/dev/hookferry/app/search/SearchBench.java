package dev.hookferry.app.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.query.PageRequest;
import dev.hookferry.store.AttemptLog;
import dev.hookferry.store.Store;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Measures every list and filter in a full store. Runs when it is asked for by its name, not with
 * the tests; the properties are in the manual's chapter on performance.
 */
@EnabledIfSystemProperty(
    named = SearchBench.STORE,
    matches = "(file|jdbc):.+",
    disabledReason = "-D" + SearchBench.STORE + " names no store")
final class SearchBench {
  static final String STORE = "bench.store";

  /** A part of the names of the questions to measure. */
  static final String ONLY = "bench.only";

  private static final int FAR = 20;
  private static final int REPEATS = 5;

  private final FullStore full = new FullStore(System.getProperty(STORE, ""));

  @Test
  @Timeout(value = 2, unit = TimeUnit.HOURS)
  void measure() {
    full.fillIfEmpty();
    List<Question> questions;
    try (Store store = full.open()) {
      questions =
          new Questions(store.log(), full.receivers(), full.begin())
              .all().stream()
                  .filter(question -> question.name().contains(System.getProperty(ONLY, "")))
                  .toList();
    }
    List<String> lines = new ArrayList<>();
    try (Store store = full.open()) {
      for (Question question : questions) {
        lines.add(measured(store.log(), question));
        System.out.println(lines.get(lines.size() - 1));
      }
    }
    assertThat(lines).isNotEmpty();
  }

  /**
   * The first look and the middle of others, at the first page and, if there is one, a later one.
   */
  private static String measured(AttemptLog log, Question question) {
    StringBuilder line = new StringBuilder(question.name());
    double cold = millis(log, question, PageRequest.FIRST);
    int found = question.ask(log, PageRequest.FIRST).data().size();
    line.append(String.format(Locale.ROOT, "\t%d\t%.1f", found, cold));
    for (PageRequest page : question.pages(log, FAR)) {
      double[] times = new double[REPEATS];
      Arrays.setAll(times, i -> millis(log, question, page));
      Arrays.sort(times);
      line.append(String.format(Locale.ROOT, "\t%.1f", times[REPEATS / 2]));
    }
    return line.toString();
  }

  private static double millis(AttemptLog log, Question question, PageRequest page) {
    long start = System.nanoTime();
    question.ask(log, page);
    return (System.nanoTime() - start) / 1e6;
  }
}
