package dev.hookferry.http.console.site;

import dev.hookferry.http.words.NumberText;
import java.util.List;

/**
 * Consecutive similar entries of the audit log: one action by one author at one site.
 *
 * @param rows newest first
 * @param more whether there are more on the next page
 */
public record AuditRun(List<AuditRow> rows, boolean more) {
  private static final int NAMED = 2;

  public AuditRun {
    rows = List.copyOf(rows);
  }

  /** Returns the newest entry. */
  public AuditRow first() {
    return rows.get(0);
  }

  /** Returns whether there are several entries. */
  public boolean isGroup() {
    return rows.size() > 1;
  }

  /** Returns the number with the action, such as {@code 50 × Endpoint created}. */
  public String title() {
    return NumberText.of(rows.size(), more) + " × " + first().what();
  }

  /** Returns the changed resources: the first two by name, and the number of the others. */
  public String names() {
    List<String> all = rows.stream().map(AuditRow::targetName).distinct().toList();
    String some = String.join(", ", all.subList(0, Math.min(NAMED, all.size())));
    int others = all.size() - NAMED;
    return others <= 0 ? some : some + " and " + NumberText.of(others) + " more";
  }
}
