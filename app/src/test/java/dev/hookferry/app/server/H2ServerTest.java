package dev.hookferry.app.server;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class H2ServerTest implements DurableServerContract {
  @TempDir private static Path folder;
  private ServerFixture fixture;

  @BeforeAll
  void open() {
    fixture = new ServerFixture("jdbc:h2:file:" + folder.resolve("db").toAbsolutePath());
  }

  @Override
  public ServerFixture fixture() {
    return fixture;
  }

  @Override
  public String freshStore() {
    return "jdbc:h2:file:" + folder.resolve("killed").toAbsolutePath();
  }

  @AfterAll
  void close() {
    fixture.close();
  }
}
