package dev.hookferry.jdbc.dialect;

import dev.hookferry.store.Owner;

/** A batch has deliveries that its owner does not own: it must be written with more care. */
public final class NotOwnedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public NotOwnedException(Owner owner) {
    super(owner + " does not own all that it writes");
  }
}
