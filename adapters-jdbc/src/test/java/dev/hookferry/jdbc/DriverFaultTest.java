package dev.hookferry.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.AdditionalAnswers.delegatesTo;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;

import dev.hookferry.jdbc.database.Database;
import dev.hookferry.store.UnknownOutcomeException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Exceptions of a driver during commit. No real database can be brought to do so at will: it would
 * have to fail between the last statement and the answer to COMMIT.
 */
final class DriverFaultTest {
  @TempDir private Path folder;

  private final List<Exception> faults = new ArrayList<>();
  private final List<Boolean> runs = new ArrayList<>();
  private Driver real;
  private Driver faulty;

  @BeforeEach
  void putAFaultyDriverInItsPlace() throws SQLException {
    real = DriverManager.getDriver("jdbc:h2:file:any");
    faulty = mock(Driver.class, delegatesTo(real));
    doAnswer(call -> faulty(real.connect(call.getArgument(0), call.getArgument(1))))
        .when(faulty)
        .connect(any(), any());
    DriverManager.deregisterDriver(real);
    DriverManager.registerDriver(faulty);
  }

  @AfterEach
  void putTheRealDriverBack() throws SQLException {
    DriverManager.deregisterDriver(faulty);
    DriverManager.registerDriver(real);
  }

  @Test
  void aTransactionRolledBackAtItsCommitIsRunAgain() {
    faults.add(new SQLException("could not serialize access", "40001"));

    assertThat(change()).isEqualTo(2);
    assertThat(runs).containsExactly(false, false);
  }

  @Test
  void aCommitWithoutAReplyMayHaveHappened() {
    faults.add(new SQLException("the connection was reset", "08006"));

    assertThatThrownBy(this::change)
        .isInstanceOf(UnknownOutcomeException.class)
        .hasMessageContaining("the connection was reset");
    assertThat(runs).hasSize(1);
  }

  @Test
  void driverDefectIsNotTreatedAsARefusal() {
    faults.add(new IllegalStateException("a defect"));

    assertThatThrownBy(this::change).isInstanceOf(UnknownOutcomeException.class);
    assertThat(runs).hasSize(1);
  }

  @Test
  void givesUpATransactionThatAlwaysRollsBack() {
    for (int i = 0; i < 100; i++) {
      faults.add(new SQLException("deadlock", "40P01"));
    }

    assertThatThrownBy(this::change).hasMessageContaining("deadlock");
    assertThat(runs).hasSizeBetween(2, 20);
  }

  private int change() {
    try (Database database = new H2File(folder).connectAsStore()) {
      return database.change(
          (handle, withAllChecks) -> {
            runs.add(withAllChecks);
            return runs.size();
          });
    }
  }

  private Connection faulty(Connection connection) throws SQLException {
    Connection faulty = mock(Connection.class, delegatesTo(connection));
    doAnswer(
            call -> {
              if (faults.isEmpty()) {
                connection.commit();
                return null;
              }
              connection.rollback();
              throw faults.remove(0);
            })
        .when(faulty)
        .commit();
    return faulty;
  }
}
