package dev.hookferry.jdbc;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A database in the available MariaDB; without one, the tests are skipped. */
public final class MariaDb implements NetworkDatabase {
  private static final String URL =
      System.getenv()
          .getOrDefault("HOOKFERRY_TEST_MARIADB", "jdbc:mariadb://127.0.0.1:3306/?user=root");
  private static final Matcher PLACE =
      Pattern.compile("jdbc:mariadb://([^:/?]+)(?::(\\d+))?(?:/[^?]*)?(?:\\?(.*))?").matcher(URL);

  static {
    if (!PLACE.matches()) {
      throw new IllegalArgumentException("HOOKFERRY_TEST_MARIADB: " + URL);
    }
  }

  private static final boolean REQUIRED =
      System.getenv().getOrDefault("HOOKFERRY_TEST_REQUIRE", "").contains("mariadb");
  private static final @Nullable String MISSING = missing();
  private static final AtomicInteger COUNT = new AtomicInteger();

  private final String name =
      "hookferry_test_" + ProcessHandle.current().pid() + "_" + COUNT.incrementAndGet();

  private final String more;

  public MariaDb() {
    this("");
  }

  private MariaDb(String more) {
    this.more = more;
    if (MISSING != null) {
      if (REQUIRED) {
        fail(MISSING);
      }
      abort(MISSING);
    }
    execute("CREATE DATABASE " + name, URL);
  }

  /** As before 11.5.1: it does not count the rows that statements change if they come in bulk. */
  public static MariaDb withoutBulkCounts() {
    return new MariaDb("&enableBulkUnitResult=false");
  }

  /** Why there is none, or null; said once. */
  private static @Nullable String missing() {
    try {
      DriverManager.getConnection(URL).close();
      return null;
    } catch (SQLException e) {
      String sentence = "tests with MariaDB are left out, see CONTRIBUTING.md: " + e.getMessage();
      System.err.println(sentence);
      return sentence;
    }
  }

  private static void execute(String sql, String url) {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  @Override
  public String host() {
    return PLACE.group(1);
  }

  @Override
  public int port() {
    return PLACE.group(2) == null ? 3306 : Integer.parseInt(PLACE.group(2));
  }

  @Override
  public String url(int localPort) {
    String host = localPort == port() ? host() : "127.0.0.1";
    String settings = PLACE.group(3) == null ? "" : PLACE.group(3);
    return "jdbc:mariadb://%s:%d/%s?%s%s".formatted(host, localPort, name, settings, more);
  }

  @Override
  public void close() {
    execute("DROP DATABASE " + name, URL);
  }
}
