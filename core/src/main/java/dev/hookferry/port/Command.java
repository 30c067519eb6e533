package dev.hookferry.port;

import dev.hookferry.delivery.DeliveryId;
import dev.hookferry.endpoint.EndpointId;
import dev.hookferry.endpoint.SiteId;
import java.time.Instant;

/** What somebody asked for, about deliveries that no living owner owns. */
public sealed interface Command {
  /**
   * Makes a delivery pending and due, in whatever state it is; its attempts go on counting.
   *
   * @param at when it is due
   */
  record Retry(SiteId site, DeliveryId delivery, Instant at) implements Command {}

  /** Makes a pending delivery cancelled. */
  record Cancel(SiteId site, DeliveryId delivery, Instant at) implements Command {}

  /**
   * Cancels pending deliveries of an endpoint that was removed.
   *
   * @param atMost how many, so that a commit stays short; more are asked for again
   */
  record Abandon(SiteId site, EndpointId endpoint, Instant at, int atMost) implements Command {}

  /**
   * What came of a command.
   *
   * @param kind see there
   * @param affected how many deliveries it changed
   */
  record Reply(Kind kind, int affected) {}

  /** What came of a command. */
  enum Kind {
    /** Done; also if there was nothing to abandon. */
    DONE,
    /** The site has no such delivery. */
    NOT_FOUND,
    /** A living owner is sending the delivery at this moment; nothing was changed. */
    OWNED,
    /** The delivery is final, so it cannot be cancelled; nothing was changed. */
    FINAL
  }
}
