package dev.hookferry.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.app.client.Path;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** No page is wider than the window, and no table than its card, at any width. */
class ConsoleWidthsTest extends OpenConsole {
  private static final List<Integer> WIDTHS =
      List.of(641, 760, 870, 900, 960, 1024, 1100, 1180, 1280, 1360, 1440);

  /** What is cut off, by how many pixels: of the page, of each table, of the head of a list. */
  static final String CUT =
      """
      [document.documentElement, ...document.querySelectorAll(".head, .filterline"),
        ...[...document.querySelectorAll("table")].map((table) => table.parentElement)]
        .filter((part) => part.checkVisibility() && part.scrollWidth > part.clientWidth)
        .filter((part) => !["auto", "scroll"].includes(getComputedStyle(part).overflowX))
        .map((part) => `${part.className || part.tagName} ${part.scrollWidth - part.clientWidth}`)
        .join()\
      """;

  private static final String LONG =
      "Partner portal Müller & Söhne Logistik GmbH – Sendungsverfolgung Europa (Nord/Süd)";

  @BeforeAll
  static void open() throws IOException, InterruptedException {
    openDemo();
    client()
        .post(
            Path.ofSite("default", "endpoints"),
            ("{\"url\":\""
                    + receivers()
                    + "/ok\",\"description\":\""
                    + LONG
                    + "\",\"eventTypes\":[\"license_created\"]}")
                .getBytes(StandardCharsets.UTF_8));
    client()
        .post(
            Path.of("keys"),
            "{\"name\":\"fjord operators\",\"scopes\":[\"read\",\"manage\"],\"site\":\"default\"}"
                .getBytes(StandardCharsets.UTF_8));
    publish("license_created");
  }

  @Test
  void nothingIsCutOff() {
    List<String> pages = new ArrayList<>(List.of("/keys", "/audit", "/sites"));
    for (String page : List.of("/events", "/deliveries", "/retry-queue", "/event-types")) {
      pages.add(SITE + page);
    }
    browser.go(address + SITE + "/deliveries?type=license_created");
    browser.await("the long name", () -> browser.text("#list").contains("Partner portal"));
    pages.add(
        browser
            .eval(
                "[...document.querySelectorAll('#list tbody tr')].find((row) =>"
                    + " row.textContent.includes('Partner portal')).querySelector('a').pathname")
            .asText());
    List<String> cut = new ArrayList<>();
    for (String page : pages) {
      browser.size(1280, 900);
      browser.go(address + page);
      for (int width : WIDTHS) {
        browser.size(width, 900);
        String here = browser.eval(CUT).asText();
        if (!here.isEmpty()) {
          cut.add(page + " at " + width + ": " + here);
        }
      }
    }
    assertThat(cut).isEmpty();
  }

  @Test
  void theAuditLogSaysWhoFromWhere() {
    browser.size(1360, 900);
    browser.go(address + "/audit");
    String hidden =
        "[...document.querySelectorAll('.audit td:nth-child(-n + 3) *')].filter((part) =>"
            + " part.scrollWidth > part.clientWidth && part.clientWidth > 0).length";
    assertThat(browser.eval(hidden).asInt()).isZero();
    assertThat(browser.text(".audit tbody")).contains("from 127.0.0.1");
  }
}
