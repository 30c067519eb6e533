package dev.hookferry.jdbc.dialect;

import dev.hookferry.store.Owner;

/**
 * Thrown when a batch contains deliveries that its owner does not own; it must be written again
 * with ownership checks.
 */
public final class NotOwnedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public NotOwnedException(Owner owner) {
    super(owner + " does not own all deliveries of its batch");
  }
}
