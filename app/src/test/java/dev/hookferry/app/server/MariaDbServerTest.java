package dev.hookferry.app.server;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** On the MariaDB that is there; skipped, with a line that says so, where there is none. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class MariaDbServerTest implements DurableServerContract, SharedServerContract {
  private static final String SERVER =
      System.getenv()
          .getOrDefault("HOOKFERRY_TEST_MARIADB", "jdbc:mariadb://127.0.0.1:3306/?user=root");
  private static final boolean REQUIRED =
      System.getenv().getOrDefault("HOOKFERRY_TEST_REQUIRE", "").contains("mariadb");

  private Databases databases;
  private ServerFixture fixture;

  @BeforeAll
  void open() {
    databases = databases();
    fixture = new ServerFixture(databases.fresh());
  }

  /** Databases of the server that is there; skips the test if there is none. */
  static Databases databases() {
    try {
      DriverManager.getConnection(SERVER).close();
    } catch (SQLException e) {
      String sentence = "no MariaDB: " + e.getMessage() + " (see CONTRIBUTING.md)";
      if (REQUIRED) {
        fail(sentence, e);
      }
      System.err.println("Tests with MariaDB are skipped: " + sentence);
      abort(sentence);
    }
    return new Databases(
        () -> DriverManager.getConnection(SERVER),
        name -> SERVER.replaceFirst("(//[^/?]+)/?[^?]*", "$1/" + name));
  }

  @Override
  public ServerFixture fixture() {
    return fixture;
  }

  @Override
  public String freshStore() {
    return databases.fresh();
  }

  @AfterAll
  void close() {
    if (fixture != null) {
      fixture.close();
      databases.close();
    }
  }
}
