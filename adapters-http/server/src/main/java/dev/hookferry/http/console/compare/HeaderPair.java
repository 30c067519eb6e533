package dev.hookferry.http.console.compare;

import dev.hookferry.http.console.text.HeaderLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A header of two messages.
 *
 * @param name the name as sent; compared case-insensitively
 * @param first its values in the first message, one per line; empty if it has none
 * @param second its values in the second message, one per line; empty if it has none
 */
public record HeaderPair(String name, String first, String second) {
  /** The headers that each attempt has its own value of. */
  private static final Set<String> OF_ATTEMPT =
      Set.of(
          "hookferry-attempt",
          "webhook-timestamp",
          "webhook-signature",
          "signature",
          "signature-input",
          "date");

  /** Pairs the headers of two messages, by name. */
  static List<HeaderPair> of(List<HeaderLine> first, List<HeaderLine> second) {
    Map<String, String> names = new TreeMap<>();
    List<HeaderLine> all = new ArrayList<>(second);
    all.addAll(first);
    all.forEach(header -> names.put(key(header), header.name()));
    return names.entrySet().stream()
        .map(
            name ->
                new HeaderPair(
                    name.getValue(), values(first, name.getKey()), values(second, name.getKey())))
        .toList();
  }

  private static String key(HeaderLine header) {
    return header.name().toLowerCase(Locale.ROOT);
  }

  private static String values(List<HeaderLine> headers, String key) {
    return headers.stream()
        .filter(header -> key(header).equals(key))
        .map(HeaderLine::value)
        .collect(Collectors.joining("\n"));
  }

  /** Returns whether the messages differ in this header. */
  public boolean isChange() {
    return !first.equals(second);
  }

  /** Returns the headers in which the messages differ, without those that always do. */
  static List<HeaderPair> changes(List<HeaderPair> all) {
    return all.stream().filter(one -> one.isChange() && !one.isOfAttempt()).toList();
  }

  /** Returns the headers in which the messages differ because each attempt has its own. */
  public static List<HeaderPair> ofAttempts(List<HeaderPair> all) {
    return all.stream().filter(one -> one.isChange() && one.isOfAttempt()).toList();
  }

  /**
   * Returns that headers are identical, as a sentence.
   *
   * @param count their number
   * @param isAll whether there are no others
   */
  public static String identical(int count, boolean isAll) {
    if (isAll) {
      return "All headers are identical.";
    }
    return count == 1 ? "The other one is identical." : "The other " + count + " are identical.";
  }

  private boolean isOfAttempt() {
    return OF_ATTEMPT.contains(name.toLowerCase(Locale.ROOT));
  }
}
