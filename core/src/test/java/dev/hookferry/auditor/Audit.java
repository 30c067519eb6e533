package dev.hookferry.auditor;

import java.util.List;

/**
 * The findings of an audit.
 *
 * @param acknowledged how many events clients were told to be kept
 * @param lost how many of these are not where they must be
 * @param deliveries how many deliveries they have
 * @param arrived how many requests came
 * @param duplicates how many of these nobody needed; each is explained, or objected to
 * @param objections everything that does not agree; empty if all is well
 */
public record Audit(
    int acknowledged,
    int lost,
    int deliveries,
    int arrived,
    int duplicates,
    List<String> objections) {
  public Audit {
    objections = List.copyOf(objections);
  }

  /** In one line. */
  public String summary() {
    return acknowledged
        + " acknowledged, "
        + lost
        + " lost, "
        + deliveries
        + " deliveries, "
        + arrived
        + " requests, "
        + duplicates
        + " duplicates";
  }

  /** Throws unless all is well. */
  public Audit orThrow(String run) {
    if (!objections.isEmpty()) {
      List<String> first = objections.subList(0, Math.min(20, objections.size()));
      throw new AssertionError(
          run
              + ": "
              + summary()
              + ", "
              + objections.size()
              + " objections:\n"
              + String.join("\n", first));
    }
    return this;
  }
}
