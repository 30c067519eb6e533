package dev.hookferry.jdbc;

import dev.hookferry.port.Owner;

/** A batch has deliveries that its owner does not own: it must be written with more care. */
final class NotOwnedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NotOwnedException(Owner owner) {
    super(owner + " does not own all that it writes");
  }
}
