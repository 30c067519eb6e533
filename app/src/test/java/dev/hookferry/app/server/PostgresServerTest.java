package dev.hookferry.app.server;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PostgresServerTest implements DurableServerContract, SharedServerContract {
  private EmbeddedPostgres postgres;
  private Databases databases;
  private ServerFixture fixture;

  @BeforeAll
  void open() throws IOException {
    postgres = EmbeddedPostgres.builder().setPGStartupWait(Duration.ofMinutes(1)).start();
    databases =
        new Databases(
            () -> postgres.getPostgresDatabase().getConnection(),
            name ->
                "jdbc:postgresql://127.0.0.1:"
                    + postgres.getPort()
                    + "/"
                    + name
                    + "?user=postgres");
    fixture = new ServerFixture(databases.fresh());
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
  void close() throws IOException {
    fixture.close();
    databases.close();
    postgres.close();
  }
}
