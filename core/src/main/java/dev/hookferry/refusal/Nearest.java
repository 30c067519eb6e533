package dev.hookferry.refusal;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the known name that a misspelt one probably meant. */
public final class Nearest {
  private Nearest() {}

  /** The closest known name, if it differs in no more than a third of its letters. */
  public static Optional<String> to(String misspelt, Collection<String> known) {
    return known.stream()
        .filter(name -> distance(misspelt, name) <= Math.max(1, name.length() / 3))
        .min(Comparator.comparingInt(name -> distance(misspelt, name)));
  }

  /** {@code ; did you mean X?} or nothing, to end a sentence about an unknown name. */
  public static String hint(String misspelt, Collection<String> known) {
    return to(misspelt, known).map(name -> "; did you mean " + name + "?").orElse("");
  }

  /** Levenshtein's distance, letter case aside. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int above = row[j];
        boolean same =
            Character.toLowerCase(a.charAt(i - 1)) == Character.toLowerCase(b.charAt(j - 1));
        row[j] = Math.min(Math.min(above, row[j - 1]) + 1, same ? diagonal : diagonal + 1);
        diagonal = above;
      }
    }
    return row[b.length()];
  }
}
