package dev.hookferry.portal;

/** Thrown when a session does what its link does not permit. Nothing was changed. */
public final class NotPermittedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NotPermittedException(PortalCapability needed) {
    super("this link does not permit it: it needs " + needed.code());
  }
}
