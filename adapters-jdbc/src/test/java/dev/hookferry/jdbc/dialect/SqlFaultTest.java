package dev.hookferry.jdbc.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.store.StoreException;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Classification of drivers' exceptions. */
final class SqlFaultTest {
  @ParameterizedTest
  @CsvSource({"57014, true", "70100, true", "57P01, false", "40001, false"})
  void recognizesTimeouts(String state, boolean expected) {
    StoreException thrown = new StoreException("failed", new SQLException("stopped", state));

    assertThat(SqlFault.isOutOfTime(thrown)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "22001, 0, true",
    "23514, 0, true",
    "54000, 0, true",
    "XX001, 0, true",
    "42000, 1118, true",
    "08S01, 1153, true",
    "HY000, 1390, true",
    "08006, 0, false",
    "53100, 0, false",
    "57014, 0, false",
    "42P01, 0, false",
    "40001, 0, false",
  })
  void recognizesFaultsOfTheBatch(String state, int code, boolean expected) {
    StoreException thrown = new StoreException("failed", new SQLException("said", state, code));

    assertThat(SqlFault.of(thrown) == SqlFault.REJECTED_VALUE).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "40001, 0, TRANSIENT",
    "40P01, 0, TRANSIENT",
    "40001, 1213, TRANSIENT",
    "23505, 0, DUPLICATE",
    "23000, 1062, DUPLICATE",
    "08006, 0, DISCONNECTED",
    "57P01, 0, DISCONNECTED",
    "57014, 0, OTHER",
  })
  void recognizesRepeatableFaults(String state, int code, SqlFault expected) {
    StoreException thrown = new StoreException("failed", new SQLException("said", state, code));

    assertThat(SqlFault.of(thrown)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"25006, 0, true", "HY000, 1290, true", "HY000, 1836, true", "HY000, 1205, false"})
  void recognizesAReadOnlyServer(String state, int code, boolean expected) {
    assertThat(SqlFault.isReadOnly(new SQLException("said", state, code))).isEqualTo(expected);
  }

  @Test
  void aFailureBeforeTheDatabaseSawTheBatchIsBlamedOnTheBatch() {
    assertThat(SqlFault.of(new ArithmeticException("long overflow")))
        .isEqualTo(SqlFault.REJECTED_VALUE);
  }

  @Test
  void aCallThatTookTooLongIsNotRepeated() {
    SQLException late = new SQLException("said", "08006", new SocketTimeoutException("Read"));

    assertThat(SqlFault.of(new StoreException("failed", late))).isEqualTo(SqlFault.OTHER);
  }

  /** As drivers report that a statement of a batch failed. */
  @Test
  void theCauseBehindABatchDecides() {
    SQLException batch = new SQLException("a statement of the batch failed");
    batch.setNextException(new SQLException("said", "40001"));

    assertThat(SqlFault.of(new StoreException("failed", batch))).isEqualTo(SqlFault.TRANSIENT);
  }
}
