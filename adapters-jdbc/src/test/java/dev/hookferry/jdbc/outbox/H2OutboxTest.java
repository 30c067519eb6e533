package dev.hookferry.jdbc.outbox;

import dev.hookferry.jdbc.TestDatabase;

final class H2OutboxTest extends OutboxContract {
  H2OutboxTest() {
    super(new InMemory("outbox"));
  }

  /** Lives as long as the process. */
  record InMemory(String name) implements TestDatabase {
    @Override
    public String url() {
      return "jdbc:h2:mem:" + name + ";DB_CLOSE_DELAY=-1";
    }

    @Override
    public void close() {
      execute("SHUTDOWN");
    }
  }
}
