package dev.hookferry.portal;

/**
 * Thrown when a session does what its link does not permit, or changes an endpoint that the
 * operator manages. Nothing was changed. The message is for the customer.
 */
public final class NotPermittedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NotPermittedException(PortalCapability needed) {
    this("this link does not permit it: it needs " + needed.code());
  }

  private NotPermittedException(String message) {
    super(message);
  }

  static NotPermittedException ofManaged() {
    return new NotPermittedException("this endpoint is managed for you and cannot be changed here");
  }
}
