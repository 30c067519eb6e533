package dev.hookferry;

import dev.hookferry.audit.AuditAction;
import dev.hookferry.audit.FieldChange;
import dev.hookferry.internal.CoreServices;
import dev.hookferry.outbox.OutboxQueue;
import dev.hookferry.outbox.OutboxStatus;
import dev.hookferry.outbox.RejectedRow;
import dev.hookferry.outbox.RowSelection;
import dev.hookferry.query.Page;
import dev.hookferry.query.PageRequest;
import dev.hookferry.refusal.ConflictException;
import dev.hookferry.refusal.NotFoundException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The outboxes that this process relays, with their rejected rows. Thread-safe; except for {@link
 * #add}, {@link #remove} and {@link #states}, every method queries the outbox's database and may
 * block.
 */
public final class Outboxes {
  private final CoreServices services;
  private final Map<String, OutboxQueue> queues;

  Outboxes(CoreServices services) {
    this.services = services;
    queues = services.process().outboxes();
  }

  /**
   * Registers an outbox, so that the API, the console and the metrics show it. Relays call this
   * when they start.
   *
   * @throws ConflictException if another outbox has this name
   */
  public void add(OutboxQueue queue) {
    Objects.requireNonNull(queue, "queue");
    OutboxQueue other = queues.putIfAbsent(queue.name(), queue);
    if (other != null && other != queue) {
      throw new ConflictException(
          "an outbox named " + queue.name() + " already exists; names must be unique");
    }
  }

  /** Removes an outbox that {@link #add} registered. Relays call this when they are closed. */
  public void remove(OutboxQueue queue) {
    Objects.requireNonNull(queue, "queue");
    queues.remove(queue.name(), queue);
  }

  /**
   * Returns {@code relaying} or {@code failing} for every outbox, by name; see {@link
   * OutboxStatus#state}. Does not block.
   */
  public SortedMap<String, String> states() {
    SortedMap<String, String> states = new TreeMap<>();
    queues.values().forEach(q -> states.put(q.name(), OutboxStatus.state(q.problem())));
    return states;
  }

  /** Returns counters and state of every outbox, by name. */
  public List<OutboxStatus> list() {
    return queues.values().stream()
        .sorted(Comparator.comparing(OutboxQueue::name))
        .map(OutboxQueue::status)
        .toList();
  }

  /**
   * Returns a page of an outbox's rejected rows, newest first.
   *
   * @throws NotFoundException if there is no such outbox
   * @throws dev.hookferry.refusal.OverloadedException if its database does not respond
   */
  public Page<RejectedRow> rejected(String outbox, PageRequest page) {
    Objects.requireNonNull(page, "page");
    return queue(outbox).rejected(page);
  }

  /**
   * Moves rejected rows back into the outbox and records it in the audit log.
   *
   * @return the number of rows moved
   * @throws NotFoundException if there is no such outbox
   * @throws ConflictException if the outbox already has a row with the id of one of these events
   * @throws dev.hookferry.refusal.OverloadedException if its database does not respond
   */
  public int retry(String outbox, RowSelection rows) {
    Objects.requireNonNull(rows, "rows");
    return noted(AuditAction.OUTBOX_RETRIED, outbox, rows, queue(outbox).retry(rows));
  }

  /**
   * Deletes rejected rows permanently and records it in the audit log.
   *
   * @return the number of rows deleted
   * @throws NotFoundException if there is no such outbox
   * @throws dev.hookferry.refusal.OverloadedException if its database does not respond
   */
  public int discard(String outbox, RowSelection rows) {
    Objects.requireNonNull(rows, "rows");
    return noted(AuditAction.OUTBOX_DISCARDED, outbox, rows, queue(outbox).discard(rows));
  }

  private int noted(AuditAction action, String outbox, RowSelection rows, int done) {
    if (done > 0) {
      List<FieldChange> details =
          List.of(
              new FieldChange("rows", null, rows.toString()),
              new FieldChange("count", null, Integer.toString(done)));
      services.auditRecorder().done(action, null, outbox, details);
    }
    return done;
  }

  private OutboxQueue queue(String outbox) {
    OutboxQueue queue = queues.get(Objects.requireNonNull(outbox, "outbox"));
    if (queue == null) {
      throw new NotFoundException("outbox", outbox);
    }
    return queue;
  }
}
