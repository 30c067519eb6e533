package dev.hookferry.app.server;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class FileServerTest implements DurableServerContract {
  @TempDir private static Path folder;
  private ServerFixture fixture;

  @BeforeAll
  void open() {
    fixture = new ServerFixture("file:" + folder.resolve("store"));
  }

  @Override
  public ServerFixture fixture() {
    return fixture;
  }

  @Override
  public String freshStore() {
    return "file:" + folder.resolve("killed");
  }

  @AfterAll
  void close() {
    fixture.close();
  }
}
