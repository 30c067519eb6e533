package dev.hookferry.jdbc.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.Poll;
import dev.hookferry.jdbc.TestDatabase;
import dev.hookferry.outbox.OutboxStatus;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.text.MessageFormat;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The password in an outbox's URL is in no log line and no status, whatever a driver says. */
final class OutboxPasswordTest {
  private final Logger logger = Logger.getLogger("dev.hookferry.outbox");
  private final Lines lines = new Lines();

  @BeforeEach
  void listen() {
    logger.addHandler(lines);
    logger.setLevel(Level.FINE);
  }

  @AfterEach
  void restore() {
    logger.removeHandler(lines);
    logger.setLevel(null);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      quoteCharacter = '~',
      value = {
        "jdbc:mysql://h/db?user=shop&password=secret7 jdbc:mysql://h/db",
        "jdbc:mysql://shop:secret7@h/db jdbc:mysql://h/db",
        "jdbc:mysql://shop:secret?7@h/db jdbc:mysql://h/db",
        "jdbc:sqlserver://h;password=secret7 jdbc:sqlserver://h",
        "jdbc:sqlserver://h;password={secret;7} jdbc:sqlserver://h",
        "jdbc:oracle:thin:scott/secret7@//h/x jdbc:oracle:thin:@//h/x",
        "jdbc:oracle:thin:scott/secret7@h:1521:x jdbc:oracle:thin:@h:1521:x",
        "jdbc:oracle:thin:scott/secret7@secret?7;secret@//h/x jdbc:oracle:thin:@//h/x",
        "jdbc:unheardof://h/db?secret7 jdbc:unheardof://h/db",
      })
  void aMissingDriverDoesNotShowIt(String url, String place) throws SQLException {
    OutboxStatus status = failed(url);
    assertThat(status.place()).isEqualTo(place);
    assertThat(status.problem()).isEqualTo("no driver on the class path accepts " + place);
    assertThat(lines.text()).contains("outbox failing", place);
  }

  @Test
  void aDriverThatRepeatsTheUrlDoesNotShowIt() throws SQLException {
    Driver driver = new Repeating();
    DriverManager.registerDriver(driver);
    try {
      OutboxStatus status = failed("jdbc:repeating://h/db?user=shop&password=secret7");
      assertThat(status.problem()).isEqualTo("cannot parse jdbc:repeating://h/db");
    } finally {
      DriverManager.deregisterDriver(driver);
    }
  }

  private OutboxStatus failed(String url) throws SQLException {
    try (TestDatabase database = new H2OutboxTest.InMemory("passwords");
        OutboxScene scene = new OutboxScene(database, "hookferry_outbox");
        OutboxRelay relay = OutboxRelay.start(scene.hookferry.webhooks(), OutboxOptions.of(url))) {
      Poll.until(() -> relay.problem() != null && lines.text().contains("outbox failing"));
      OutboxStatus status = relay.status();
      assertThat(status + " " + relay + " " + lines.text()).doesNotContain("secret");
      return status;
    }
  }

  /** Notes the lines of a log, with the stack traces. */
  private static final class Lines extends Handler {
    private final List<String> all = new CopyOnWriteArrayList<>();

    @Override
    public void publish(LogRecord line) {
      StringWriter text = new StringWriter();
      text.append(MessageFormat.format(line.getMessage(), line.getParameters()));
      if (line.getThrown() != null) {
        line.getThrown().printStackTrace(new PrintWriter(text));
      }
      all.add(text.toString());
    }

    String text() {
      return String.join("\n", all);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  /** Refuses every URL of its own, and names it. */
  private static final class Repeating implements Driver {
    @Override
    public boolean acceptsURL(String url) {
      return url.startsWith("jdbc:repeating:");
    }

    @Override
    public java.sql.Connection connect(String url, Properties properties) throws SQLException {
      if (acceptsURL(url)) {
        throw new SQLException("cannot parse " + url, "08001");
      }
      return null;
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, Properties properties) {
      return new DriverPropertyInfo[0];
    }

    @Override
    public int getMajorVersion() {
      return 1;
    }

    @Override
    public int getMinorVersion() {
      return 0;
    }

    @Override
    public boolean jdbcCompliant() {
      return false;
    }

    @Override
    public Logger getParentLogger() {
      return Logger.getGlobal();
    }
  }
}
