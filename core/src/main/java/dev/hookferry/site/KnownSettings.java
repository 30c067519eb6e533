package dev.hookferry.site;

import dev.hookferry.refusal.Nearest;
import dev.hookferry.refusal.Problem;
import dev.hookferry.refusal.Problems;
import dev.hookferry.refusal.UnknownName;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Check for the names of a site's settings. */
final class KnownSettings {
  private static final int MIN_END = 4;

  private KnownSettings() {}

  /** Adds a problem, with the closest known name, if there is no such setting. */
  static void require(String name, Problems problems) {
    if (!SettingsByName.ALL.contains(name)) {
      String nearest = nearest(name).orElse(null);
      String hint = nearest == null ? "" : "; did you mean " + nearest + "?";
      UnknownName unknown = new UnknownName(UnknownName.SETTING, name, nearest);
      problems.add(new Problem(name, "is not a known setting" + hint, unknown));
    }
  }

  /**
   * Returns the closest setting. Also recognizes the end of a name, such as {@code maxRetries}, if
   * it is unambiguous.
   */
  private static Optional<String> nearest(String name) {
    String end = name.toLowerCase(Locale.ROOT);
    List<String> ending =
        SettingsByName.ALL.stream()
            .filter(known -> known.toLowerCase(Locale.ROOT).endsWith(end))
            .toList();
    return ending.size() == 1 && end.length() >= MIN_END
        ? Optional.of(ending.get(0))
        : Nearest.to(name, SettingsByName.ALL);
  }
}
