package dev.hookferry.http.console.site;

import dev.hookferry.http.words.NumberText;
import java.util.ArrayList;
import java.util.List;

/**
 * Entries of the audit log in a row that are alike: one action of one author at one site.
 *
 * @param rows newest first
 */
public record AuditRun(List<AuditRow> rows) {
  /** Fewer are told one by one. */
  private static final int LEAST = 4;

  private static final int NAMED = 2;

  public AuditRun {
    rows = List.copyOf(rows);
  }

  /** Returns the runs of a list; entries that are not alike are runs of one. */
  static List<AuditRun> of(List<AuditRow> newestFirst) {
    List<AuditRun> runs = new ArrayList<>();
    List<AuditRow> open = new ArrayList<>();
    for (AuditRow row : newestFirst) {
      if (!open.isEmpty() && !isAlike(open.get(0), row)) {
        close(open, runs);
      }
      open.add(row);
    }
    close(open, runs);
    return runs;
  }

  private static boolean isAlike(AuditRow one, AuditRow other) {
    return one.action().equals(other.action())
        && one.by().equals(other.by())
        && one.site().equals(other.site());
  }

  private static void close(List<AuditRow> open, List<AuditRun> runs) {
    if (open.size() >= LEAST) {
      runs.add(new AuditRun(open));
    } else {
      open.forEach(row -> runs.add(new AuditRun(List.of(row))));
    }
    open.clear();
  }

  /** Returns the newest one. */
  public AuditRow first() {
    return rows.get(0);
  }

  /** Returns whether there are several. */
  public boolean isGroup() {
    return rows.size() > 1;
  }

  /** Returns the number with the action, such as {@code 50 × Endpoint created}. */
  public String title() {
    return NumberText.of(rows.size()) + " × " + first().what();
  }

  /** Returns what they are about: the first two by name, and the number of the others. */
  public String names() {
    List<String> all = rows.stream().map(AuditRow::targetName).distinct().toList();
    String some = String.join(", ", all.subList(0, Math.min(NAMED, all.size())));
    int others = all.size() - NAMED;
    return others <= 0 ? some : some + " and " + NumberText.of(others) + " more";
  }
}
