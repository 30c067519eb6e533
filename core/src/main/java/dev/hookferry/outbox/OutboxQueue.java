package dev.hookferry.outbox;

import dev.hookferry.query.Page;
import dev.hookferry.query.PageRequest;
import org.jspecify.annotations.Nullable;

/**
 * An outbox and the relay that empties it, as operators see them. Implemented by relays, which
 * register themselves with {@link dev.hookferry.Outboxes#add}. Thread-safe; except for {@link
 * #name} and {@link #problem}, every method queries the outbox's database and may block.
 */
public interface OutboxQueue {
  /** Returns the outbox's name, unique in this process: 1 to 64 of {@code a-z0-9_-}. */
  String name();

  /** Returns the problem that stops the relay now, or null while it works. Does not block. */
  @Nullable String problem();

  /**
   * Returns counters and state. Never fails: figures that the database cannot provide at the moment
   * are null.
   */
  OutboxStatus status();

  /**
   * Returns a page of the rejected rows, newest first.
   *
   * @throws dev.hookferry.refusal.InvalidException if the cursor is not from this list
   * @throws dev.hookferry.refusal.OverloadedException if the database does not respond
   */
  Page<RejectedRow> rejected(PageRequest page);

  /**
   * Moves rejected rows back into the outbox, all or none. They are published like new rows.
   *
   * @return the number of rows moved; ids that are no longer there are ignored
   * @throws dev.hookferry.refusal.ConflictException if the outbox already has a row with the site
   *     and event id of one of them; nothing was moved
   * @throws dev.hookferry.refusal.OverloadedException if the database does not respond
   */
  int retry(RowSelection rows);

  /**
   * Deletes rejected rows permanently, all or none. Their events are never sent.
   *
   * @return the number of rows deleted; ids that are no longer there are ignored
   * @throws dev.hookferry.refusal.OverloadedException if the database does not respond
   */
  int discard(RowSelection rows);
}
