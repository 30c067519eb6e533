package dev.hookferry.body;

import dev.hookferry.event.Event;

/**
 * Builds the bodies of requests in Java, for endpoints that choose it by the name it was registered
 * under.
 *
 * <p>Called once for each attempt, on two threads of its own, so perhaps twice at a time. It should
 * return the same body for the same event, because receivers expect the same bytes from every
 * attempt. If it throws, returns a body of more than {@link MappedBody#MAX_BYTES}, or takes longer
 * than the time limit of an attempt (after which its thread is interrupted), the attempt fails with
 * {@code body_failed} and is retried like any other.
 */
@FunctionalInterface
public interface BodyMapper {
  /**
   * Builds the body of a request.
   *
   * @param event the event; {@link dev.hookferry.event.Envelope#dataOf(Event)} returns its data
   * @throws Exception if it cannot; the message is shown in the log of attempts
   */
  MappedBody map(Event event) throws Exception;
}
