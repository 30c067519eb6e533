package dev.hookferry.refusal;

/**
 * Thrown when a request is refused; nothing was changed. The message is intended for the caller.
 */
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
