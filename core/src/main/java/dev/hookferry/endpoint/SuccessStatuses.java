package dev.hookferry.endpoint;

import dev.hookferry.delivery.Outcome;
import dev.hookferry.field.FieldKind;
import dev.hookferry.field.FieldSpec;
import dev.hookferry.internal.argument.NoNulls;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.Problems;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The HTTP statuses that count as success at an endpoint: classes, such as {@code 2xx}, and single
 * statuses, such as {@code 304}, all from 200 to 399. A status of 400 or above never counts,
 * because it says that the receiver refused the event. Redirects are not followed even if they
 * count. Immutable; equality is by content.
 */
public final class SuccessStatuses {
  private static final int LOWEST = 200;
  private static final int HIGHEST = 399;
  private static final int MAX = 20;
  private static final String NAME = "successStatuses";
  private static final String FORM = "^[23](xx|[0-9]{2})$";
  private static final Pattern ENTRY = Pattern.compile(FORM);
  private static final Pattern REFUSAL = Pattern.compile("[45](xx|[0-9]{2})");
  private static final Pattern SHORT = Pattern.compile("[ -~]{1,20}");
  private static final String ANY_2XX = "2xx";

  /** The endpoint field {@code successStatuses}. */
  public static final FieldSpec<List<String>> FIELD =
      FieldSpec.of(
              NAME,
              FieldKind.list(FieldKind.pattern(FORM), 1, MAX),
              "Which statuses of a response count as success: the classes 2xx and 3xx, and single"
                  + " statuses from 200 to 399. Redirects are not followed, even if they count.")
          .fallback("[\"2xx\"]")
          .example(List.of(ANY_2XX, "304"))
          .asResettable();

  /** Any 2xx. */
  public static final SuccessStatuses DEFAULT = new SuccessStatuses(List.of(ANY_2XX));

  private final List<String> entries;
  private final BitSet included = new BitSet(HIGHEST + 1);

  private SuccessStatuses(List<String> given) {
    for (String entry : given) {
      int first = first(entry);
      included.set(first, isClass(entry) ? first + 100 : first + 1);
    }
    entries = Stream.concat(classes(given), statusesBesides(given)).toList();
  }

  /**
   * Returns the statuses that these entries include, in any order. Drops duplicates, and single
   * statuses of a class that is listed.
   *
   * @param entries 1 to 20 of {@code 2xx}, {@code 3xx}, and {@code 200} to {@code 399}
   * @throws InvalidException that lists all problems of the field {@code successStatuses}
   */
  public static SuccessStatuses of(String... entries) {
    return of(NoNulls.in(entries, "entries"));
  }

  /** Returns the statuses that a list of entries includes; see {@link #of(String...)}. */
  public static SuccessStatuses of(List<String> entries) {
    NoNulls.in(entries, "entries");
    Problems problems = new Problems();
    int size = entries.size();
    problems.require(
        size > 0, NAME, "must have 1 to 20 entries (got 0); null stands for the default, 2xx");
    problems.require(
        size <= MAX,
        NAME,
        "must have 1 to 20 entries (got " + size + "); use the class 2xx or 3xx");
    for (int i = 0; i < Math.min(size, MAX); i++) {
      String entry = entries.get(i);
      problems.require(ENTRY.matcher(entry).matches(), NAME + "[" + i + "]", rule(entry));
    }
    problems.throwIfAny();
    SuccessStatuses parsed = new SuccessStatuses(entries);
    return parsed.equals(DEFAULT) ? DEFAULT : parsed;
  }

  /** Returns whether an endpoint can count this status as success: 200 to 399. */
  public static boolean canInclude(int status) {
    return status >= LOWEST && status <= HIGHEST;
  }

  /** Returns the classes, then the single statuses, each in ascending order; never empty. */
  public List<String> entries() {
    return entries;
  }

  /** Returns whether a response with this status counts as success. */
  public boolean includes(int status) {
    return status >= 0 && included.get(status);
  }

  /** Returns whether all 2xx statuses count, and no others. */
  public boolean isDefault() {
    return equals(DEFAULT);
  }

  /**
   * Re-evaluates the outcome of an attempt by these statuses. Transports apply the default, so only
   * an outcome that the status alone decided can change: a timeout remains a timeout, whatever the
   * response.
   */
  public Outcome judge(Outcome outcome) {
    Objects.requireNonNull(outcome, "outcome");
    return isDefault() ? outcome : outcome.judged(includes(outcome.statusCode()));
  }

  private static String rule(String entry) {
    return "must be 2xx, 3xx or a status from 200 to 399, such as 304"
        + (SHORT.matcher(entry).matches() ? " (got " + entry + ")" : "")
        + (REFUSAL.matcher(entry).matches()
            ? "; remove it, because a receiver that responds with it has refused the event"
            : "");
  }

  private static boolean isClass(String entry) {
    return entry.endsWith("xx");
  }

  private static int first(String entry) {
    return Integer.parseInt(entry.replace("xx", "00"));
  }

  private static Stream<String> classes(List<String> given) {
    return given.stream().filter(SuccessStatuses::isClass).distinct().sorted();
  }

  private static Stream<String> statusesBesides(List<String> given) {
    return given.stream()
        .filter(entry -> !isClass(entry) && !given.contains(entry.charAt(0) + "xx"))
        .distinct()
        .sorted();
  }

  @Override
  public boolean equals(Object other) {
    return this == other || (other instanceof SuccessStatuses same && entries.equals(same.entries));
  }

  @Override
  public int hashCode() {
    return entries.hashCode();
  }

  /** Returns the entries, separated by commas. */
  @Override
  public String toString() {
    return String.join(",", entries);
  }
}
