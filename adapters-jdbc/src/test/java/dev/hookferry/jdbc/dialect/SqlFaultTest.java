package dev.hookferry.jdbc.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.store.StoreException;
import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What drivers' exceptions are taken for. */
final class SqlFaultTest {
  @ParameterizedTest
  @CsvSource({"57014, true", "70100, true", "57P01, false", "40001, false"})
  void knowsWhatTookTooLong(String state, boolean expected) {
    StoreException thrown = new StoreException("failed", new SQLException("stopped", state));

    assertThat(SqlFault.isOutOfTime(thrown)).isEqualTo(expected);
  }
}
