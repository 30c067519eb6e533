package dev.hookferry.jdbc.outbox;

import dev.hookferry.jdbc.Kind;

final class PostgresOutboxTest extends OutboxContract {
  PostgresOutboxTest() {
    super(Kind.POSTGRES.create());
  }
}
