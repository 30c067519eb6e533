package dev.hookferry.architecture.offence.jdbc;

import jakarta.inject.Inject;

/** An adapter that needs Guice. */
public final class WiresItself {
  @Inject
  public WiresItself() {}
}
