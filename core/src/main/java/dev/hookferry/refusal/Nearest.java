package dev.hookferry.refusal;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/** Suggests the known name closest to a misspelt one. */
public final class Nearest {
  private Nearest() {}

  /**
   * Returns the closest known name, if the edit distance is at most 1, or 2 for names of six or
   * more letters, or a third of its length for names with the same first three letters; or if one
   * name, of at least six characters, is the beginning of the other. Leading hyphens do not count
   * as letters.
   */
  public static Optional<String> to(String misspelt, Collection<String> known) {
    Objects.requireNonNull(misspelt, "misspelt");
    Objects.requireNonNull(known, "known");
    return known.stream()
        .filter(
            name ->
                distance(misspelt, name) <= farthest(letters(misspelt), letters(name))
                    || begins(name, misspelt)
                    || begins(misspelt, name))
        .min(Comparator.comparingInt(name -> distance(misspelt, name)));
  }

  /**
   * Returns {@code ; did you mean X?} or an empty string, to append to an error about an unknown
   * name.
   */
  public static String hint(String misspelt, Collection<String> known) {
    Objects.requireNonNull(misspelt, "misspelt");
    Objects.requireNonNull(known, "known");
    return to(misspelt, known).map(name -> "; did you mean " + name + "?").orElse("");
  }

  private static String letters(String name) {
    return name.replaceFirst("^-+", "").toLowerCase(Locale.ROOT);
  }

  private static int farthest(String misspelt, String name) {
    int usual = name.length() < 6 ? 1 : 2;
    boolean beginsAlike = name.length() >= 3 && misspelt.startsWith(name.substring(0, 3));
    return beginsAlike ? Math.max(usual, name.length() / 3) : usual;
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
