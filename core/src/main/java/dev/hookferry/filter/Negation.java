package dev.hookferry.filter;

import org.jspecify.annotations.Nullable;

/**
 * A condition that a value must not meet.
 *
 * @param clause this condition as JSON
 */
record Negation(String clause, Condition inner) implements Condition {
  @Override
  public boolean isMetBy(PayloadValue value, Steps steps) {
    return !inner.isMetBy(value, steps);
  }

  @Override
  public void want(WantedFields fields) {
    inner.want(fields);
  }

  @Override
  public @Nullable FilterMismatch explain(
      String path, PayloadValue value, PayloadValue whole, Steps steps) {
    return isMetBy(value, steps) ? null : FilterMismatch.at(path, clause, whole);
  }
}
