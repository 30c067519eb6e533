package dev.hookferry.app.console;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.util.function.BooleanSupplier;

/** The browsers other than Chromium in which the portal is tested. */
enum OtherBrowser {
  FIREFOX("firefox", "firefox-esr", () -> Firefox.installed().isPresent(), Firefox::new),
  WEBKIT("webkit", "webkit2gtk-driver xvfb", WebKit::isInstalled, WebKit::new);

  private static final String REQUIRED = System.getenv().getOrDefault("HOOKFERRY_TEST_REQUIRE", "");

  private final String code;
  private final String packages;
  private final BooleanSupplier isInstalled;
  private final Starter starter;

  private interface Starter {
    DriverLine start() throws IOException;
  }

  OtherBrowser(String code, String packages, BooleanSupplier isInstalled, Starter starter) {
    this.code = code;
    this.packages = packages;
    this.isInstalled = isInstalled;
    this.starter = starter;
  }

  /** Starts it. Where it is not installed, skips the test and says so; in CI, that is a failure. */
  DriverLine start() throws IOException {
    if (!isInstalled.getAsBoolean()) {
      String missing =
          "SKIPPED: no %s (apt-get install %s): portal tests".formatted(code, packages);
      if (REQUIRED.contains(code)) {
        fail(missing);
      }
      System.out.println(missing);
      abort(missing);
    }
    return starter.start();
  }
}
