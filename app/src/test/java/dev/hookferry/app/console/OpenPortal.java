package dev.hookferry.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/**
 * A server with a portal for each test, in the system's Chromium. Errors and warnings of the
 * browser fail the test.
 */
@InChromium
abstract class OpenPortal {
  private static Chromium chromium;

  final PortalServer server = new PortalServer(options -> options);
  final Browser browser = new Browser(chromium);
  final String address = "http://127.0.0.1:" + server.port();

  @BeforeAll
  static void open() {
    chromium = Chromium.start();
  }

  @AfterAll
  static void shut() {
    chromium.close();
  }

  @AfterEach
  void close() {
    List<String> complaints = browser.complaints();
    browser.close();
    server.close();
    assertThat(complaints).isEmpty();
  }
}
