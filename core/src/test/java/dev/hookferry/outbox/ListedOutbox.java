package dev.hookferry.outbox;

import dev.hookferry.query.Page;
import dev.hookferry.query.PageRequest;
import dev.hookferry.refusal.OverloadedException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An outbox whose rejected rows are a list, and whose database can be down. */
public final class ListedOutbox implements OutboxQueue {
  private final String name;
  private final List<RejectedRow> rows = new ArrayList<>();
  private boolean down;

  /** Creates an outbox with rows of the ids 1 to {@code count}. */
  public ListedOutbox(String name, int count) {
    this.name = name;
    for (int id = count; id > 0; id--) {
      Instant at = Instant.parse("2026-11-27T12:00:00Z").plusSeconds(id);
      rows.add(
          new RejectedRow(
              id, "order-" + id, "default", "nobody_knows", "{}", "type: is not known", at));
    }
  }

  /** Takes its database down. */
  public void down() {
    down = true;
  }

  private void reach() {
    if (down) {
      throw new OverloadedException(
          "the database of the outbox " + name + " does not respond", Duration.ofSeconds(1));
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public @Nullable String problem() {
    return down ? "refused" : null;
  }

  @Override
  public OutboxStatus status() {
    Instant oldest = Instant.parse("2026-11-27T12:00:00Z");
    return down
        ? new OutboxStatus(name, "db", "hookferry_outbox", 7, 2, null, null, null, "refused")
        : new OutboxStatus(
            name, "db", "hookferry_outbox", 7, 2, 3L, oldest, (long) rows.size(), null);
  }

  @Override
  public Page<RejectedRow> rejected(PageRequest page) {
    reach();
    long before = page.cursor() == null ? Long.MAX_VALUE : Long.parseLong(page.cursor());
    List<RejectedRow> found = rows.stream().filter(row -> row.id() < before).toList();
    boolean more = found.size() > page.limit();
    List<RejectedRow> shown = more ? found.subList(0, page.limit()) : found;
    return new Page<>(shown, more ? Long.toString(shown.get(shown.size() - 1).id()) : null);
  }

  @Override
  public int retry(RowSelection chosen) {
    return discard(chosen);
  }

  @Override
  public int discard(RowSelection chosen) {
    reach();
    int before = rows.size();
    rows.removeIf(
        row -> chosen.all() ? row.id() <= chosen.newest() : chosen.ids().contains(row.id()));
    return before - rows.size();
  }
}
