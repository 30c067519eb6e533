package dev.hookferry.outbox;

import dev.hookferry.internal.argument.NoNulls;
import dev.hookferry.refusal.InvalidException;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/**
 * A selection of rejected rows: either all, optionally up to the newest that the user has seen, or
 * those with the given ids.
 *
 * @param all whether to select all rows that are rejected at the time of the call
 * @param newest the largest id that {@code all} selects; {@link Long#MAX_VALUE} for no limit
 * @param ids 1 to 500 ids; empty if all are selected
 */
public record RowSelection(boolean all, long newest, Set<Long> ids) {
  /** Maximum number of rows that can be selected by id. */
  public static final int MAX = 500;

  /** Selection of every row that is rejected at the time of the call. */
  public static final RowSelection ALL = allUpTo(Long.MAX_VALUE);

  /**
   * Creates a selection.
   *
   * @throws InvalidException if {@code all} comes with ids, or there are not 1 to 500 ids without
   *     it, or a limit without it
   */
  public RowSelection {
    NoNulls.in(ids, "ids");
    ids = Set.copyOf(ids);
    if (all != ids.isEmpty() || ids.size() > MAX) {
      throw InvalidException.of("ids", "must name 1 to " + MAX + " rows, unless all are selected");
    }
    if (!all && newest != Long.MAX_VALUE) {
      throw InvalidException.of("newest", "must be absent, unless all rows are selected");
    }
  }

  /**
   * Selects rows by id.
   *
   * @throws InvalidException if there are no ids, or more than 500
   */
  public static RowSelection of(Collection<Long> ids) {
    return new RowSelection(false, Long.MAX_VALUE, Set.copyOf(NoNulls.in(ids, "ids")));
  }

  /**
   * Selects the rows that are rejected at the time of the call and have at most this id, so that
   * rows the user has not seen are left alone.
   */
  public static RowSelection allUpTo(long newest) {
    return new RowSelection(true, newest, Set.of());
  }

  /** Returns {@code all}, with its limit if there is one, or the ids in ascending order. */
  @Override
  public String toString() {
    if (all) {
      return newest == Long.MAX_VALUE ? "all" : "all up to " + newest;
    }
    String text = new TreeSet<>(ids).toString();
    return text.substring(1, text.length() - 1);
  }
}
