package dev.hookferry.file.journal;

import dev.hookferry.store.StoreException;

/** Thrown when a line of the journal is damaged; the lines around it may be intact. */
public final class DamagedLineException extends StoreException {
  private static final long serialVersionUID = 1L;

  DamagedLineException(String message) {
    super(message);
  }
}
