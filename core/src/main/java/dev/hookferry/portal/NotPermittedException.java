package dev.hookferry.portal;

/**
 * Thrown when a session does what its link does not permit, or changes an endpoint that the
 * operator manages. Nothing was changed. The message is for the customer.
 */
public final class NotPermittedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean isOperatorManaged;

  NotPermittedException(PortalCapability needed) {
    this("this link does not permit it: it needs " + needed.code(), false);
  }

  private NotPermittedException(String message, boolean isOperatorManaged) {
    super(message);
    this.isOperatorManaged = isOperatorManaged;
  }

  /** Returns whether the reason is that the operator manages the endpoint, not the link. */
  public boolean isOperatorManaged() {
    return isOperatorManaged;
  }

  static NotPermittedException ofManaged() {
    return new NotPermittedException(
        "this endpoint is managed for you and cannot be changed here", true);
  }
}
