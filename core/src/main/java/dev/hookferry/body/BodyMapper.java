package dev.hookferry.body;

import dev.hookferry.event.Event;

/**
 * Java code that builds request bodies, for endpoints that select it by its registered name.
 *
 * <p>Called once per attempt, on two threads dedicated to this mapper, so two calls may overlap. It
 * should return the same body for the same event, because receivers expect the same bytes from
 * every attempt. If it throws, returns a body of more than {@link MappedBody#MAX_BYTES}, or takes
 * longer than the time limit of an attempt (its thread is then interrupted), the attempt fails with
 * {@code body_failed} and is retried like any other.
 */
@FunctionalInterface
public interface BodyMapper {
  /**
   * Builds the body of a request.
   *
   * @param event the event; {@link dev.hookferry.event.Envelope#dataOf(Event)} returns its data
   * @throws Exception if it cannot build one; the attempt log shows the message
   */
  MappedBody map(Event event) throws Exception;
}
