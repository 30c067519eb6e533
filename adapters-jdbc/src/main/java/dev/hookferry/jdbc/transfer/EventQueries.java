package dev.hookferry.jdbc.transfer;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.jdbc.dialect.ColumnRows;
import dev.hookferry.jdbc.transfer.StoredEventPages.EventRow;
import dev.hookferry.store.transfer.TransferRecord.StoredAttempt;
import java.time.Instant;
import java.util.List;

/** The transfer's queries for record types that can number in the millions. */
interface EventQueries {
  /**
   * Returns the events of a site after a position, by time of acceptance.
   *
   * @param from when the last event was accepted
   * @param seq its sequence number among events of the same time
   */
  List<EventRow> events(String site, Instant from, long seq, int limit);

  /**
   * Returns the final deliveries of events, in any order.
   *
   * @param keys columns {@code site}, {@code event_id} and {@code accepted_at}
   * @param first when the first of the events was accepted; lets the database skip the partitions
   *     of earlier days
   * @param last when the last of the events was accepted; lets the database skip the partitions of
   *     later days
   */
  List<Delivery> finals(ColumnRows keys, Instant first, Instant last);

  /**
   * Returns the attempts of deliveries, in any order.
   *
   * @param keys column {@code id}
   * @param first when the first of their events was accepted
   * @param last when the last of their events was accepted
   */
  List<StoredAttempt> attempts(ColumnRows keys, Instant first, Instant last);
}
