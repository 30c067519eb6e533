package dev.hookferry.refusal;

/** A request that was turned down; nothing was changed. The message is meant for the caller. */
public abstract sealed class RefusedException extends RuntimeException
    permits InvalidException,
        NotFoundException,
        ConflictException,
        OverloadedException,
        RevokedKeyException,
        UnstorableEventException {
  private static final long serialVersionUID = 1L;

  RefusedException(String message) {
    super(message);
  }
}
