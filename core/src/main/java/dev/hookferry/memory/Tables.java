package dev.hookferry.memory;

import dev.hookferry.store.transfer.TransferMark;
import org.jspecify.annotations.Nullable;

/** All data of an in-memory store except its configuration. Guarded by its own monitor. */
final class Tables {
  final EventTable events = new EventTable();
  final DeliveryTable deliveries = new DeliveryTable();
  final AttemptTable attempts = new AttemptTable();

  /** The progress of a transfer into these tables; null if none is in progress. */
  @Nullable TransferMark transfer;
}
