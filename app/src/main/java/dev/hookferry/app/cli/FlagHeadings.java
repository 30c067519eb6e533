package dev.hookferry.app.cli;

import dev.hookferry.app.config.reading.ConfigKey;
import dev.hookferry.app.config.reading.ConfigKeys;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.OptionSpec;

/** Headings that group the many configuration flags in the help. */
final class FlagHeadings {
  private static final Set<String> FLAGS =
      ConfigKeys.ALL.stream()
          .filter(key -> !key.isSecret())
          .map(ConfigKey::flag)
          .collect(Collectors.toSet());

  /** Flag prefixes, by heading. */
  private static final Map<String, List<String>> BEGINNINGS = beginnings();

  private FlagHeadings() {}

  private static Map<String, List<String>> beginnings() {
    Map<String, List<String>> all = new LinkedHashMap<>();
    all.put(
        "Listening",
        List.of("--port", "--bind", "--behind", "--proxy", "--tls", "--body", "--stop"));
    all.put("Store and retention", List.of("--store", "--retention", "--audit", "--outbox"));
    all.put("Several nodes", List.of("--node", "--owner"));
    all.put("Secrets and signing keys", List.of("--master", "--signer"));
    all.put("Requests to receivers", List.of("--allow", "--attempt", "--default", "--egress"));
    all.put("Delivery", List.of("--no-delivery", "--disable", "--blocked"));
    all.put("Limits", List.of("--limits"));
    all.put("Log", List.of("--log"));
    all.put("Metrics and traces", List.of("--metrics", "--otel"));
    all.put("Alerts", List.of("--alerts"));
    all.put("Portal", List.of("--portal"));
    return all;
  }

  /** Groups options by heading; those that are not configuration flags come first, under "". */
  static Map<String, List<OptionSpec>> of(List<OptionSpec> options) {
    Map<String, List<OptionSpec>> all = new LinkedHashMap<>();
    all.put("", options.stream().filter(option -> heading(option).isEmpty()).toList());
    for (String heading : BEGINNINGS.keySet()) {
      all.put(heading, options.stream().filter(one -> heading(one).equals(heading)).toList());
    }
    all.values().removeIf(List::isEmpty);
    return all;
  }

  private static String heading(OptionSpec option) {
    String name = option.longestName();
    if (option.userObject() != null || !FLAGS.contains(name)) {
      return "";
    }
    return BEGINNINGS.entrySet().stream()
        .filter(entry -> entry.getValue().stream().anyMatch(one -> begins(name, one)))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse("");
  }

  private static boolean begins(String name, String words) {
    return name.equals(words) || name.startsWith(words + "-");
  }
}
