package dev.hookferry.jdbc.transfer;

import dev.hookferry.store.transfer.TransferRecord.StoredEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Events in a stable order, page by page. */
interface StoredEventPages {
  /** An event with its position. */
  record EventRow(StoredEvent stored, EventKey key) {}

  /**
   * Returns the events after a position, beginning with the position's event if that has not been
   * read completely. Empty at the end.
   *
   * @param from null to begin with the first event
   * @param limit approximate maximum number, at least 1
   */
  List<EventRow> page(@Nullable EventKey from, int limit);
}
