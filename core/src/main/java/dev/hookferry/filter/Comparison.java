package dev.hookferry.filter;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A condition that compares one value.
 *
 * @param clause the condition as JSON
 */
record Comparison(String clause, Predicate<PayloadValue> test) implements Condition {
  @Override
  public boolean isMetBy(PayloadValue value, Steps steps) {
    steps.compare(value);
    return test.test(value);
  }

  @Override
  public void want(WantedFields fields) {}

  @Override
  public @Nullable FilterMismatch explain(
      String path, PayloadValue value, PayloadValue whole, Steps steps) {
    return isMetBy(value, steps) ? null : new FilterMismatch(clause, path, whole.source());
  }
}
