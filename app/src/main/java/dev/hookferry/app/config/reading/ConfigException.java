package dev.hookferry.app.config.reading;

import java.util.List;
import java.util.stream.Collectors;

/** Thrown if the configuration is invalid; lists all problems. */
public final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<ConfigProblem> problems;

  ConfigException(List<ConfigProblem> problems) {
    super(message(problems));
    this.problems = List.copyOf(problems);
  }

  /** Returns the problems, at least one. */
  public List<ConfigProblem> problems() {
    return problems;
  }

  private static String message(List<ConfigProblem> problems) {
    String count = problems.size() == 1 ? "1 problem" : problems.size() + " problems";
    return problems.stream()
        .map(problem -> "\n  " + problem)
        .collect(Collectors.joining("", "the configuration has " + count + ":", ""));
  }
}
