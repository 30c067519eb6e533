package dev.hookferry.refusal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/** Thrown for invalid input; lists all problems together. */
public final class InvalidException extends RefusedException {
  private static final long serialVersionUID = 1L;

  /** An {@link ArrayList}, because exceptions must be serializable. */
  private final ArrayList<Problem> problems;

  /**
   * Creates the exception.
   *
   * @param problems at least one problem
   */
  public InvalidException(List<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("; ")));
    this.problems = new ArrayList<>(problems);
  }

  /** Creates the exception for a single problem. */
  public static InvalidException of(String field, String reason) {
    return new InvalidException(List.of(new Problem(field, reason)));
  }

  /** Creates the exception for a reference to a name that does not exist. */
  public static InvalidException of(String field, String reason, UnknownName unknown) {
    return new InvalidException(List.of(new Problem(field, reason, unknown)));
  }

  /** Returns the problems in the order found; never empty. */
  public List<Problem> problems() {
    return Collections.unmodifiableList(problems);
  }
}
