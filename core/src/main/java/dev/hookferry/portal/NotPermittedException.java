package dev.hookferry.portal;

/**
 * Thrown when a session attempts something that its link does not permit, or tries to change an
 * endpoint that the operator manages. Nothing was changed. The message is intended for the
 * customer.
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

  /**
   * Returns whether the call failed because the operator manages the endpoint, rather than because
   * of the link.
   */
  public boolean isOperatorManaged() {
    return isOperatorManaged;
  }

  static NotPermittedException ofManaged() {
    return new NotPermittedException(
        "this endpoint is managed for you and cannot be changed here", true);
  }
}
