package dev.hookferry.memory;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.store.transfer.TransferMark;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All data of an in-memory store except its configuration. Guarded by its own monitor. */
final class Tables {
  final EventTable events = new EventTable();
  final DeliveryTable deliveries = new DeliveryTable();

  /** The progress of a transfer into these tables; null if none is unfinished. */
  @Nullable TransferMark transfer;

  /** Keyed by the id's text, which sorts by time. */
  final NavigableMap<String, Attempt> attempts = new TreeMap<>();
}
