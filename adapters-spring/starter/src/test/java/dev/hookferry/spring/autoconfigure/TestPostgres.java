package dev.hookferry.spring.autoconfigure;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.time.Duration;
import org.opentest4j.TestAbortedException;

/** A PostgreSQL of this test, or the reason why the test is skipped. */
final class TestPostgres {
  private TestPostgres() {}

  static EmbeddedPostgres start() {
    try {
      return EmbeddedPostgres.builder()
          .setPGStartupWait(Duration.ofMinutes(1))
          .setServerConfig("fsync", "off")
          .setServerConfig("full_page_writes", "on")
          .start();
    } catch (IOException | RuntimeException e) {
      String line =
          "no PostgreSQL for this platform, hence no test on it: build with"
              + " -Dpostgres.platform=... ("
              + e.getMessage()
              + ")";
      System.out.println(line);
      throw new TestAbortedException(line, e);
    }
  }
}
