package dev.hookferry.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Looks at the pages of a site without endpoints and events, in the system's Chromium. */
class ConsoleEmptyTest extends OpenConsole {
  private static final Map<String, String> PAGES =
      Map.of(
          "", "Three steps to the first delivery",
          "/problems", "Nothing is failing.",
          "/events", "No events yet.",
          "/deliveries", "No deliveries yet.",
          "/retry-queue", "Nothing is waiting.",
          "/replays", "No replays yet.",
          "/endpoints", "No endpoints yet.");

  @BeforeAll
  static void open() throws IOException {
    openEmpty();
  }

  @Test
  void emptyPagesSaySoAndFitEveryScreen() {
    PAGES.forEach(
        (page, text) -> {
          browser.go(address + SITE + page);
          assertThat(browser.text("main")).as("overview" + page).contains(text);
          for (int width : List.of(1280, 400)) {
            browser.size(width, 900);
            assertFits("empty" + page.replace('/', '-') + "-" + width);
          }
        });
  }

  private void assertFits(String name) {
    assertThat(overflow()).as(name).isZero();
    assertThat(browser.eval(ConsoleWidthsTest.CUT).asText()).as(name).isEmpty();
    for (String scheme : List.of("light", "dark")) {
      browser.colours(scheme);
      assertThat(Axe.violations(browser)).as(name + " " + scheme).isEmpty();
      browser.picture(PICTURES.resolve(name + "-" + scheme + ".png"));
    }
  }
}
