package dev.hookferry.outbox;

import dev.hookferry.internal.argument.NoNulls;
import dev.hookferry.refusal.InvalidException;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/**
 * A selection of rejected rows: either all, or those with the given ids.
 *
 * @param all whether all are selected, except those rejected later
 * @param ids 1 to 500 ids; empty if all are selected
 */
public record RowSelection(boolean all, Set<Long> ids) {
  /** Maximum number of rows that can be selected by id. */
  public static final int MAX = 500;

  /** Selects every row that is rejected at the time of the call. */
  public static final RowSelection ALL = new RowSelection(true, Set.of());

  /** Checks the number of ids. */
  public RowSelection {
    NoNulls.in(ids, "ids");
    ids = Set.copyOf(ids);
    if (all != ids.isEmpty() || ids.size() > MAX) {
      throw InvalidException.of("ids", "must name 1 to " + MAX + " rows, unless all are selected");
    }
  }

  /**
   * Selects rows by id.
   *
   * @throws InvalidException if there are no ids, or more than 500
   */
  public static RowSelection of(Collection<Long> ids) {
    return new RowSelection(false, Set.copyOf(NoNulls.in(ids, "ids")));
  }

  /** Returns {@code all}, or the ids in ascending order. */
  @Override
  public String toString() {
    if (all) {
      return "all";
    }
    String text = new TreeSet<>(ids).toString();
    return text.substring(1, text.length() - 1);
  }
}
