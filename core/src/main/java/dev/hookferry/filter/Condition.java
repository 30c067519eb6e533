package dev.hookferry.filter;

import org.jspecify.annotations.Nullable;

/** Condition of a filter on one value. Immutable. */
interface Condition {
  /**
   * Returns whether a value that is not a non-empty array meets the condition.
   *
   * @throws Steps.ExhaustedException if no steps are left
   */
  boolean isMetBy(PayloadValue value, Steps steps);

  /** Adds the members that this condition reads. */
  void want(WantedFields fields);

  /**
   * Finds the first clause that fails.
   *
   * @param path the path of the value from the root of the data
   * @param value the value to test: {@code whole} or, if that is an array, an element of it
   * @param whole the value as it is in the payload
   * @return null if the condition is met
   */
  @Nullable FilterMismatch explain(
      String path, PayloadValue value, PayloadValue whole, Steps steps);
}
