package dev.hookferry.app.cli.listing;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The display names of the fields that the API returns. */
final class DetailLabels {
  /** Labels by path, for fields whose label does not follow from their name. */
  private static final Map<String, String> LABELS =
      Map.ofEntries(
          Map.entry("clientCertificate.certificate", "Client certificate"),
          Map.entry("clientCertificate.notAfter", "Client certificate expires"),
          Map.entry("deliverAt", "Deliver at"),
          Map.entry("disablesAt", "Will be disabled"),
          Map.entry("health.failures", "Consecutive failures"),
          Map.entry("health.reason", "Reason"),
          Map.entry("health.state", "State"),
          Map.entry("health.until", "Backing off until"),
          Map.entry("limits.concurrency", "Concurrency"),
          Map.entry("limits.perHour", "Requests per hour"),
          Map.entry("limits.perMinute", "Requests per minute"),
          Map.entry("limits.perSecond", "Requests per second"),
          Map.entry("rate", "Deliveries per second"),
          Map.entry("retry.backoff", "Retry back-off"),
          Map.entry("retry.maxRetries", "Retries"));

  /** Objects whose members have user-defined names. */
  static final Set<String> PAIRS =
      Set.of("labels", "metadata", "headers", "fields", "searchFields");

  private static final Set<String> CAPITALS = Set.of("id", "uid", "url", "ca", "qlm");
  private static final String AT = "at";
  private static final Map<String, String> UNITS = Map.of("seconds", " s", "millis", " ms");

  private DetailLabels() {}

  /**
   * Returns the label of a field, such as {@code Event type}.
   *
   * @param path the field's name, after those of the objects that contain it, separated by dots
   */
  static String of(String path) {
    String known = LABELS.get(path);
    if (known != null) {
      return known;
    }
    int dot = path.indexOf('.');
    if (dot > 0 && PAIRS.contains(path.substring(0, dot))) {
      return of(path.substring(0, dot)) + " " + path.substring(dot + 1);
    }
    List<String> words = words(path.replaceFirst("^health\\.ownFault\\.", "serverFault."));
    String last = words.get(words.size() - 1);
    boolean isSaidOtherwise = last.equals(AT) || UNITS.containsKey(last);
    List<String> said =
        isSaidOtherwise && words.size() > 1 ? words.subList(0, words.size() - 1) : words;
    String label =
        String.join(
            " ",
            said.stream()
                .map(word -> CAPITALS.contains(word) ? word.toUpperCase(Locale.ROOT) : word)
                .toList());
    return label.substring(0, 1).toUpperCase(Locale.ROOT) + label.substring(1);
  }

  /** Returns the unit of a field, preceded by a space; empty if it has none. */
  static String unit(String path) {
    List<String> words = words(path);
    return UNITS.getOrDefault(words.get(words.size() - 1), "");
  }

  private static List<String> words(String path) {
    String spaced = path.replace('.', ' ').replaceAll("(?<=[a-z0-9])(?=[A-Z])", " ");
    return Stream.of(spaced.split(" ", -1)).map(word -> word.toLowerCase(Locale.ROOT)).toList();
  }
}
