package dev.hookferry.jdbc.outbox;

import dev.hookferry.jdbc.Kind;

final class MariaDbOutboxTest extends OutboxContract {
  MariaDbOutboxTest() {
    super(Kind.MARIADB.create());
  }
}
