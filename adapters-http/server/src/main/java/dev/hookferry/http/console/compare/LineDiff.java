package dev.hookferry.http.console.compare;

import java.util.ArrayList;
import java.util.List;

/**
 * The difference of two texts, line by line. Immutable.
 *
 * @param lines all lines in order; a changed line is removed and then added
 */
public record LineDiff(List<Line> lines) {
  /** If more lines than this lie between the common start and end, all are treated as changed. */
  private static final int MAX = 1_000;

  public LineDiff {
    lines = List.copyOf(lines);
  }

  /** Which of the texts contain a line. */
  public enum Kind {
    /** In both. */
    SAME(" ", "same"),
    /** In the first text only. */
    REMOVED("−", "removed"),
    /** In the second text only. */
    ADDED("+", "added");

    private final String sign;
    private final String look;

    Kind(String sign, String look) {
      this.sign = sign;
      this.look = look;
    }

    /** Returns the sign before such a line. */
    public String sign() {
      return sign;
    }

    /** Returns the style of such a line. */
    public String look() {
      return look;
    }
  }

  /** A line of either text. */
  public record Line(Kind kind, String text) {}

  /** Compares two texts. */
  public static LineDiff of(String first, String second) {
    List<String> before = first.lines().toList();
    List<String> after = second.lines().toList();
    int start = 0;
    int max = Math.min(before.size(), after.size());
    while (start < max && before.get(start).equals(after.get(start))) {
      start++;
    }
    int end = 0;
    while (end < max - start
        && before.get(before.size() - 1 - end).equals(after.get(after.size() - 1 - end))) {
      end++;
    }
    List<Line> lines = new ArrayList<>();
    add(lines, Kind.SAME, before.subList(0, start));
    middle(
        lines,
        before.subList(start, before.size() - end),
        after.subList(start, after.size() - end));
    add(lines, Kind.SAME, before.subList(before.size() - end, before.size()));
    return new LineDiff(lines);
  }

  private static void add(List<Line> lines, Kind kind, List<String> texts) {
    texts.forEach(text -> lines.add(new Line(kind, text)));
  }

  /** Adds the lines between a common start and end, using their longest common subsequence. */
  private static void middle(List<Line> lines, List<String> before, List<String> after) {
    if (before.size() > MAX || after.size() > MAX) {
      add(lines, Kind.REMOVED, before);
      add(lines, Kind.ADDED, after);
      return;
    }
    int[][] common = common(before, after);
    int i = 0;
    int j = 0;
    while (i < before.size() && j < after.size()) {
      if (before.get(i).equals(after.get(j))) {
        lines.add(new Line(Kind.SAME, before.get(i)));
        i++;
        j++;
      } else if (common[i + 1][j] >= common[i][j + 1]) {
        lines.add(new Line(Kind.REMOVED, before.get(i++)));
      } else {
        lines.add(new Line(Kind.ADDED, after.get(j++)));
      }
    }
    add(lines, Kind.REMOVED, before.subList(i, before.size()));
    add(lines, Kind.ADDED, after.subList(j, after.size()));
  }

  /** Returns, for each pair of lines, how many lines both texts have in common from there on. */
  private static int[][] common(List<String> before, List<String> after) {
    int[][] common = new int[before.size() + 1][after.size() + 1];
    for (int i = before.size() - 1; i >= 0; i--) {
      for (int j = after.size() - 1; j >= 0; j--) {
        common[i][j] =
            before.get(i).equals(after.get(j))
                ? common[i + 1][j + 1] + 1
                : Math.max(common[i + 1][j], common[i][j + 1]);
      }
    }
    return common;
  }

  /** Returns the number of lines of a kind. */
  public long count(Kind kind) {
    return lines.stream().filter(line -> line.kind() == kind).count();
  }

  /** Returns whether both texts have the same lines. */
  public boolean isSame() {
    return count(Kind.SAME) == lines.size();
  }
}
