package dev.hookferry.filter;

import dev.hookferry.event.JsonValidator;
import dev.hookferry.event.Payload;
import dev.hookferry.refusal.InvalidException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A condition on the data of events, such as {@code {"ProductName":"Pro","Seats":{"$gte":10}}}.
 * Immutable; equality is by text.
 */
public final class Filter {
  /** Maximum size of a filter, in bytes of UTF-8. */
  public static final int MAX_BYTES = 8 * 1024;

  /** Maximum number of comparisons in a filter. */
  public static final int MAX_CLAUSES = 64;

  /** Maximum nesting depth of a filter, and maximum number of names in a path. */
  public static final int MAX_DEPTH = 8;

  /**
   * Maximum number of evaluation steps per event. Each comparison, each array element read, and
   * every 64 bytes of a compared string count as one step. An event that needs more does not match.
   */
  public static final int MAX_STEPS = 250_000;

  private final String text;
  private final int hash;
  private final Condition condition;
  private final @Nullable String problem;

  private Filter(String text, Condition condition, @Nullable String problem) {
    this.text = text;
    this.condition = condition;
    this.problem = problem;
    hash = text.hashCode();
  }

  /** The condition of a filter that this version cannot parse; no event meets it. */
  private record Unreadable(String problem) implements Condition {
    @Override
    public boolean isMetBy(PayloadValue value, Steps steps) {
      return false;
    }

    @Override
    public void want(WantedFields fields) {}

    @Override
    public FilterMismatch explain(
        String path, PayloadValue value, PayloadValue whole, Steps steps) {
      return new FilterMismatch("a filter that can be read (" + problem + ")", "", null);
    }
  }

  /**
   * Parses a filter.
   *
   * @param json the filter as a JSON object, kept unchanged
   * @throws InvalidException with the field {@code filter}, the path within it, and the rule
   */
  public static Filter parse(String json) {
    Objects.requireNonNull(json, "json");
    return new Filter(json, FilterParser.parse(json.getBytes(StandardCharsets.UTF_8)), null);
  }

  /**
   * Parses a stored filter, perhaps written by another version. If this version cannot parse it, it
   * matches no event and has a {@link #problem}.
   */
  public static Filter stored(String json) {
    Objects.requireNonNull(json, "json");
    try {
      return parse(json);
    } catch (InvalidException e) {
      String problem = e.problems().get(0).toString();
      return new Filter(json, new Unreadable(problem), problem);
    }
  }

  /** Returns the text that it was parsed from. */
  public String text() {
    return text;
  }

  /**
   * Returns why this version cannot parse the filter, which then matches no event; empty if it can.
   */
  public Optional<String> problem() {
    return Optional.ofNullable(problem);
  }

  /** Returns whether it has no condition and therefore matches every event. */
  public boolean isEmpty() {
    return condition instanceof AllOf all && all.parts().isEmpty();
  }

  /**
   * Returns whether it matches the data of an event.
   *
   * @param data valid JSON (see {@link JsonValidator})
   */
  public boolean matches(Payload data) {
    Objects.requireNonNull(data, "data");
    return isMetBy(read(data));
  }

  /**
   * Returns the first clause that the data of an event does not meet; empty if it matches.
   *
   * @param data valid JSON (see {@link JsonValidator})
   */
  public Optional<FilterMismatch> explain(Payload data) {
    Objects.requireNonNull(data, "data");
    return Optional.ofNullable(explain(read(data)));
  }

  /** Returns whether it matches data; {@code root} must have all members that it reads. */
  boolean isMetBy(PayloadValue root) {
    try {
      return root.meets(condition, new Steps(MAX_STEPS));
    } catch (Steps.ExhaustedException e) {
      return false;
    }
  }

  /** Explains why data does not match; null if it does. See {@link #isMetBy} for {@code root}. */
  @Nullable FilterMismatch explain(PayloadValue root) {
    try {
      // Finding the clause evaluates each level of the filter once more.
      return root.meets(condition, new Steps(MAX_STEPS))
          ? null
          : root.explain("", condition, new Steps(MAX_DEPTH * MAX_STEPS));
    } catch (Steps.ExhaustedException e) {
      return new FilterMismatch("a filter of at most " + MAX_STEPS + " steps", "", null);
    }
  }

  /**
   * Returns the paths of the fields that its conditions test, such as {@code Customer.Country},
   * sorted.
   */
  public Set<String> paths() {
    Set<String> paths = new TreeSet<>();
    FilterSet.wanted(List.of(this)).collect("", paths);
    return paths;
  }

  private PayloadValue read(Payload data) {
    return PayloadReader.read(data.unsafeBytes(), FilterSet.wanted(List.of(this)));
  }

  /** Adds the members that it reads. */
  void want(WantedFields fields) {
    condition.want(fields);
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof Filter that && hash == that.hash && text.equals(that.text));
  }

  @Override
  public int hashCode() {
    return hash;
  }

  /** Returns its text. */
  @Override
  public String toString() {
    return text;
  }
}
