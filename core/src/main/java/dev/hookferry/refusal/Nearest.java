package dev.hookferry.refusal;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/** Suggestions for misspelled names. */
public final class Nearest {
  private Nearest() {}

  /**
   * Returns the closest known name; empty if none is close enough. The edit distance may be 1, or 2
   * for known names of six or more letters; if the first three letters match, it may also be up to
   * a third of the known name's length. A name that is a prefix of the other, with at least six
   * characters, is always close enough. Leading hyphens are not counted as letters.
   */
  public static Optional<String> to(String misspelled, Collection<String> known) {
    Objects.requireNonNull(misspelled, "misspelled");
    Objects.requireNonNull(known, "known");
    return known.stream()
        .filter(
            name ->
                distance(misspelled, name) <= maxDistance(letters(misspelled), letters(name))
                    || begins(name, misspelled)
                    || begins(misspelled, name))
        .min(Comparator.comparingInt(name -> distance(misspelled, name)));
  }

  /**
   * Returns {@code ; did you mean X?} or an empty string, to append to an error about an unknown
   * name.
   */
  public static String hint(String misspelled, Collection<String> known) {
    Objects.requireNonNull(misspelled, "misspelled");
    Objects.requireNonNull(known, "known");
    return to(misspelled, known).map(name -> "; did you mean " + name + "?").orElse("");
  }

  private static String letters(String name) {
    return name.replaceFirst("^-+", "").toLowerCase(Locale.ROOT);
  }

  private static int maxDistance(String misspelled, String name) {
    int usual = name.length() < 6 ? 1 : 2;
    boolean samePrefix = name.length() >= 3 && misspelled.startsWith(name.substring(0, 3));
    return samePrefix ? Math.max(usual, name.length() / 3) : usual;
  }

  private static boolean begins(String name, String beginning) {
    return beginning.length() >= 6 && name.startsWith(beginning);
  }

  /** Returns the edit distance, counting transpositions as one and ignoring case. */
  private static int distance(String one, String other) {
    String a = one.toLowerCase(Locale.ROOT);
    String b = other.toLowerCase(Locale.ROOT);
    int[][] steps = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          steps[i][j] = i + j;
          continue;
        }
        boolean same = a.charAt(i - 1) == b.charAt(j - 1);
        int fewest = Math.min(steps[i - 1][j], steps[i][j - 1]) + 1;
        fewest = Math.min(fewest, steps[i - 1][j - 1] + (same ? 0 : 1));
        if (isSwap(a, i, b, j)) {
          fewest = Math.min(fewest, steps[i - 2][j - 2] + 1);
        }
        steps[i][j] = fewest;
      }
    }
    return steps[a.length()][b.length()];
  }

  private static boolean isSwap(String a, int i, String b, int j) {
    return i > 1
        && j > 1
        && a.charAt(i - 1) == b.charAt(j - 2)
        && a.charAt(i - 2) == b.charAt(j - 1);
  }
}
