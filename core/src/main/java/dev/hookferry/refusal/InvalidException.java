package dev.hookferry.refusal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/** The input is wrong; all its problems are named together. */
public final class InvalidException extends RefusedException {
  private static final long serialVersionUID = 1L;

  /** Of a class that can be serialized, as exceptions are. */
  private final ArrayList<Problem> problems;

  /**
   * Refuses an input.
   *
   * @param problems what is wrong, at least one
   */
  public InvalidException(List<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("; ")));
    this.problems = new ArrayList<>(problems);
  }

  /** Refuses an input for a single reason. */
  public static InvalidException of(String field, String reason) {
    return new InvalidException(List.of(new Problem(field, reason)));
  }

  /** What is wrong, in the order in which it was found; never empty. */
  public List<Problem> problems() {
    return Collections.unmodifiableList(problems);
  }
}
