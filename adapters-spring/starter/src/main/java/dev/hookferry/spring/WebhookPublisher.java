package dev.hookferry.spring;

import dev.hookferry.event.NewEvent;
import dev.hookferry.id.EventId;
import dev.hookferry.id.EventType;
import dev.hookferry.id.SiteId;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Publishes events as part of the running Spring transaction: an event is delivered at least once
 * if the transaction commits, and never if it rolls back. Thread-safe; blocks for one {@code
 * INSERT} on the connection of the transaction, and works on both platform and virtual threads.
 *
 * <pre>{@code
 * @Transactional
 * public void place(Order order) {
 *   orders.save(order);
 *   publisher.publish("order_created", order);
 * }
 * }</pre>
 *
 * <p>Whether the site has the event type is checked when the event is relayed. An event of an
 * unknown type is rejected, logged and kept; declare types with {@code hookferry.event-types}.
 *
 * <p>Every method fails with an {@link
 * org.springframework.transaction.IllegalTransactionStateException} if no transaction is running
 * (unless {@code hookferry.outbox.require-transaction} is false), if it is read-only, if it belongs
 * to a resource other than the {@code DataSource} of the outbox, or if it has completed, as in
 * {@code afterCommit} and {@code @TransactionalEventListener} (publish there in a new transaction).
 * It fails with an {@link dev.hookferry.refusal.InvalidException} if the event breaks a rule, and
 * with a {@link org.springframework.dao.DataAccessException} if the database fails. In all these
 * cases, nothing is published.
 */
public final class WebhookPublisher {
  private final TransactionalOutbox sink;
  private final PayloadWriter payloads;
  private final ObservationRegistry observations;

  /**
   * Creates a publisher; applications inject the bean instead.
   *
   * @param observations observes each call as {@code hookferry.publish}
   */
  public WebhookPublisher(
      TransactionalOutbox sink, PayloadWriter payloads, ObservationRegistry observations) {
    this.sink = Objects.requireNonNull(sink, "sink");
    this.payloads = Objects.requireNonNull(payloads, "payloads");
    this.observations = Objects.requireNonNull(observations, "observations");
  }

  /**
   * Publishes an event of the default site.
   *
   * @param type an event type known to the site, such as {@code order_created}
   * @param data the affected object, which the application's Jackson mapper writes as JSON. A
   *     {@code String} becomes a JSON string; for JSON text use {@link #publish(NewEvent)}
   * @return the event's id, which receivers see as {@code webhook-id}
   */
  public EventId publish(String type, @Nullable Object data) {
    return publish(SiteId.DEFAULT, type, data);
  }

  /** Publishes an event of a site (tenant); see {@link #publish(String, Object)}. */
  public EventId publish(SiteId site, String type, @Nullable Object data) {
    return publish(site, event(type, data));
  }

  /** Publishes an event of the default site. */
  public EventId publish(NewEvent event) {
    return publish(SiteId.DEFAULT, event);
  }

  /** Publishes an event of a site (tenant). */
  public EventId publish(SiteId site, NewEvent event) {
    Objects.requireNonNull(site, "site");
    Objects.requireNonNull(event, "event");
    Observation observation =
        Observation.createNotStarted("hookferry.publish", observations)
            .contextualName("publish " + event.type())
            .lowCardinalityKeyValue("event.type", event.type().name());
    return Objects.requireNonNull(observation.observe(() -> sink.add(site, event)));
  }

  /**
   * Returns an event with this data as JSON, for additional options: {@code
   * publisher.publish(publisher.event("order_created", order).id("order-7"))}. Publishes nothing.
   *
   * @throws dev.hookferry.refusal.InvalidException if the type is not a valid name
   * @throws IllegalArgumentException if the data cannot be written as JSON
   */
  public NewEvent event(String type, @Nullable Object data) {
    Objects.requireNonNull(type, "type");
    return NewEvent.of(new EventType(type), payloads.write(data));
  }
}
