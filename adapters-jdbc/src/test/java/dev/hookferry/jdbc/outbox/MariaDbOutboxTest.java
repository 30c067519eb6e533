package dev.hookferry.jdbc.outbox;

import dev.hookferry.jdbc.Kind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MariaDbOutboxTest extends OutboxContract {
  MariaDbOutboxTest() {
    super(Kind.MARIADB.create());
  }

  /** By default, MariaDB takes a month or day 0. */
  @ParameterizedTest
  @ValueSource(strings = {"occurred_at", "created_at", "deliver_at"})
  void rejectsInvalidTimes(String column) {
    rejectsTimes(column, "2026-00-10 10:00:00", "2026-02-00 10:00:00", "1000-01-01 00:00:00");
  }
}
