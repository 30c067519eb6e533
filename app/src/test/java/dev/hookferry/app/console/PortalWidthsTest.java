package dev.hookferry.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The portal's tables at all widths that a frame of a product has, in the system's Chromium. */
@ExtendWith(NeedsChromium.class)
class PortalWidthsTest {
  private static final List<String> LANGUAGES = List.of("en", "de", "fr");
  private static final List<Integer> WIDTHS =
      List.of(360, 390, 500, 640, 641, 680, 720, 760, 800, 820, 840, 900, 960, 1024, 1100, 1360);

  /** By how much something in a table's card goes beyond the card, which cuts it off, in pixels. */
  private static final String CUT =
      """
      Math.ceil(Math.max(0, ...[...document.querySelectorAll('main table')].flatMap((table) => {
        const edge = table.closest('.card').getBoundingClientRect().right;
        return [...table.querySelectorAll('th, td')]
            .filter((cell) => cell.checkVisibility())
            .map((cell) => cell.getBoundingClientRect().right - edge);
      })))\
      """;

  private static PortalServer server;
  private static Chromium chromium;
  private static String address = "";

  private final Browser browser = new Browser(chromium);

  @BeforeAll
  static void open() {
    server = new PortalServer(options -> options);
    address = "http://127.0.0.1:" + server.port();
    chromium = Chromium.start();
    server.settings(Map.of("enabled", true, "theme", Map.of("productName", "Acme")));
    var unused =
        server
            .hookferry
            .webhooks()
            .settings()
            .changeByName(SiteId.DEFAULT, Map.of("searchFields", List.of("Key")));
    server.fill();
  }

  @AfterAll
  static void shut() {
    chromium.close();
    server.close();
  }

  @AfterEach
  void complains() {
    List<String> complaints = browser.complaints();
    browser.close();
    assertThat(complaints).isEmpty();
  }

  private void enter(String language) {
    browser.forgetCookies();
    browser.go(address + server.link(PortalServer.EVERYTHING.locale(language)));
  }

  private int number(String script) {
    return browser.eval(script).asInt();
  }

  @Test
  void noTableIsCutOffAtAnyWidthOfAFrame() {
    List<EndpointId> added = new ArrayList<>();
    for (String name : List.of("one", "two")) {
      added.add(server.gone("https://" + name + ".example/" + "segment/".repeat(8)));
    }
    List<String> pages =
        List.of(
            "/portal/",
            "/portal/deliveries",
            "/portal/endpoints",
            "/portal/endpoints/" + added.get(0),
            "/portal/event-types/order.paid");
    for (String language : LANGUAGES) {
      enter(language);
      for (String page : pages) {
        browser.go(address + page);
        for (int width : WIDTHS) {
          browser.size(width, 900);
          String where = language + " " + page + " at " + width;
          assertThat(number(CUT)).as(where).isZero();
          assertThat(
                  number(
                      "document.documentElement.scrollWidth"
                          + " - document.documentElement.clientWidth"))
              .as(where)
              .isZero();
        }
      }
    }
    browser.size(760, 900);
    browser.go(address + "/portal/deliveries");
    assertThat(number("document.querySelector('#list td.reason').offsetWidth")).isGreaterThan(500);
    assertThat(Axe.violations(browser)).isEmpty();
  }
}
