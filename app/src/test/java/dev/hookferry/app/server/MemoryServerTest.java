package dev.hookferry.app.server;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class MemoryServerTest implements ServerContract {
  private final ServerFixture fixture = new ServerFixture("memory");

  @Override
  public ServerFixture fixture() {
    return fixture;
  }

  @AfterAll
  void close() {
    fixture.close();
  }
}
