package dev.hookferry.http.console.site;

import dev.hookferry.audit.FieldChange;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Additions to and removals from a list, for the audit log. */
public final class ListDifference {
  private static final int MAX_LENGTH = 160;

  private ListDifference() {}

  /**
   * Returns the difference, such as {@code added crm.*; removed erp.*}; empty if a value is not a
   * list with items, if the order also changed, or if the text is too long for a line.
   */
  public static String of(FieldChange change) {
    List<String> before = items(change.before());
    List<String> after = items(change.after());
    String text =
        Stream.of(part("added", after, before), part("removed", before, after))
            .filter(part -> !part.isEmpty())
            .collect(Collectors.joining("; "));
    boolean isByItem = !before.isEmpty() && !after.isEmpty() && isOrderKept(before, after);
    return isByItem && text.length() <= MAX_LENGTH ? text : "";
  }

  private static boolean isOrderKept(List<String> before, List<String> after) {
    return before.stream()
        .filter(after::contains)
        .toList()
        .equals(after.stream().filter(before::contains).toList());
  }

  private static String part(String verb, List<String> items, List<String> others) {
    String rest =
        items.stream().filter(one -> !others.contains(one)).collect(Collectors.joining(", "));
    return rest.isEmpty() ? "" : verb + " " + rest;
  }

  /** Returns the items of a logged list; none if the value is not a list of strings. */
  private static List<String> items(@Nullable String value) {
    return value == null || !value.matches("\\[[^{]+]")
        ? List.of()
        : List.of(value.substring(1, value.length() - 1).split(", "));
  }
}
