package dev.hookferry.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.app.client.Path;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Every width from a phone to a large screen: no page scrolls sideways, no table is cut off by its
 * card, and what stands at the end of a row can be reached.
 */
class ConsoleWidthsTest extends OpenConsole {
  private static final List<Integer> WIDTHS =
      List.of(
          360, 390, 641, 700, 760, 861, 870, 900, 960, 1024, 1100, 1180, 1280, 1360, 1440, 1920);

  private static final String LONG =
      "Partner portal Müller & Söhne Logistik GmbH – Sendungsverfolgung Europa (Nord/Süd)";

  /**
   * Parts that are cut off, by how many pixels: of the page, of each table, of the head of a list.
   */
  static final String CUT =
      """
      [document.documentElement, ...document.querySelectorAll(".head, .filterline"),
        ...[...document.querySelectorAll("table")].map((table) => table.parentElement)]
        .filter((part) => part.checkVisibility() && part.scrollWidth > part.clientWidth)
        .filter((part) => !["auto", "scroll"].includes(getComputedStyle(part).overflowX))
        .map((part) => `${part.className || part.tagName} ${part.scrollWidth - part.clientWidth}`)
        .join()\
      """;

  @BeforeAll
  static void open() throws IOException, InterruptedException {
    openDemo();
    ObjectNode endpoint =
        JsonNodeFactory.instance
            .objectNode()
            .put("url", receivers() + "/partner/" + "tracking/".repeat(12))
            .put("description", LONG);
    endpoint.putArray("eventTypes").add("*");
    var unused = client().post(Path.ofSite("default", "endpoints"), endpoint);
    ObjectNode event =
        JsonNodeFactory.instance
            .objectNode()
            .put("id", "order-50005-0-customer-deleted")
            .put("type", "customer_deleted");
    event.putObject("data");
    var unusedEvent = client().post(Path.ofSite("default", "events"), event);
    var unusedKey =
        client()
            .post(
                Path.of("keys"),
                JsonNodeFactory.instance
                    .objectNode()
                    .put("name", "backend of the shop in Rotterdam")
                    .set("scopes", JsonNodeFactory.instance.arrayNode().add("publish")));
  }

  @Test
  void noListIsWiderThanItsPage() {
    for (String page :
        List.of(
            SITE,
            SITE + "/problems",
            SITE + "/events",
            SITE + "/deliveries",
            SITE + "/retry-queue",
            SITE + "/retry-queue?state=held",
            SITE + "/replays",
            SITE + "/endpoints",
            SITE + "/event-types",
            "/audit",
            "/keys",
            "/sites")) {
      browser.go(address + page);
      assertNothingIsCut(page);
    }
    browser.size(1280, 900);
  }

  private void assertNothingIsCut(String page) {
    for (int width : WIDTHS) {
      browser.size(width, 900);
      // A live update may be replacing a part just now.
      for (int i = 0; i < 50 && !browser.eval(CUT).asText().isEmpty(); i++) {
        browser.eval("new Promise(resolve => setTimeout(resolve, 100))");
      }
      assertThat(browser.eval(CUT).asText()).as(page + " at " + width).isEmpty();
    }
  }

  @Test
  void aLongNameWrapsOnThePageOfItsDelivery() {
    String delivery = first(SITE + "/deliveries?endpoint=Partner", "[data-open]");
    browser.go(address + delivery);
    assertThat(browser.text("main h1")).contains("Europa (Nord/Süd)");
    assertNothingIsCut(delivery);
    for (int width : WIDTHS) {
      browser.size(width, 900);
      String right =
          "document.querySelector('#delivery .title-line .status').getBoundingClientRect().right";
      assertThat(browser.eval(right).asInt()).as("state at " + width).isLessThan(width);
    }
    browser.size(1280, 900);
  }

  @Test
  void aListTakesTheWidthOfALargeScreen() {
    browser.size(1920, 900);
    browser.go(address + SITE + "/deliveries");
    String width = "document.querySelector('#list').offsetWidth";
    assertThat(browser.eval(width).asInt()).isGreaterThan(1_600);
    browser.size(1280, 900);
  }

  @Test
  void copyIconsAreVisibleWithoutAMouse() {
    String icons = "[...document.querySelectorAll('#list td.to .copy')]";
    String hidden =
        ".filter((icon) => !icon.checkVisibility({checkOpacity: true, checkVisibilityCSS: true}))";
    String onHover =
        "[...document.styleSheets].flatMap((sheet) => [...sheet.cssRules])"
            + ".filter((rule) => rule.conditionText?.includes('hover'))";
    for (String page : List.of("/deliveries", "/retry-queue?state=held")) {
      browser.go(address + SITE + page);
      for (int width : List.of(641, 700, 900, 1024, 1100, 1280, 1920)) {
        browser.size(width, 900);
        assertThat(browser.eval(icons + ".length").asInt()).as(page).isPositive();
        assertThat(browser.eval(icons + hidden + ".length").asInt())
            .as(page + " at " + width)
            .isZero();
      }
      assertThat(browser.eval(onHover + ".map((rule) => rule.cssText).join()").asText()).isEmpty();
    }
    browser.size(1280, 900);
  }

  @Test
  void theReasonOfAnEndpointHasALineOfItsOwn() {
    String cut =
        """
        [...document.querySelectorAll(".endpoint-rows .line.named > .why")]
          .filter((why) => why.scrollWidth > why.clientWidth).map((why) => why.textContent).join()\
        """;
    browser.go(address + SITE + "/endpoints");
    for (int width : List.of(1024, 1180, 1360)) {
      browser.size(width, 900);
      assertThat(browser.eval(cut).asText()).as("at " + width).isEmpty();
    }
    browser.size(1280, 900);
  }

  @Test
  void theAuditLogShowsFullAuthorsAndStartsDaysAtLocalMidnight() {
    browser.go(address + "/audit");
    String cut =
        """
        [...document.querySelectorAll(".audit td > .one")]
          .filter((cell) => cell.scrollWidth > cell.clientWidth + 1).length\
        """;
    for (int width : WIDTHS) {
      browser.size(width, 900);
      assertThat(browser.eval(cut).asInt()).as("at " + width).isZero();
    }
    browser.size(1280, 900);
    browser.go(address + "/audit");
    assertThat(browser.text(".audit tr.day"))
        .containsPattern("\\b20\\d\\d\\b")
        .doesNotContain("UTC");
    assertThat(browser.text(".audit td.when")).doesNotContainPattern("\\b20\\d\\d\\b");
    assertThat(Axe.violations(browser)).isEmpty();
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

  @Test
  void todayIsAmongThePeriodsOfAReplay() {
    browser.go(address + SITE + "/replays");
    browser.eval(
        "[...document.querySelectorAll('#range option')].find(day => day.text === 'Today').selected"
            + " = true;document.querySelector('#range').dispatchEvent(new Event('change', {bubbles:"
            + " true}))");
    assertThat(browser.eval("document.querySelector('#since').value").asText()).endsWith("T00:00");
    assertThat(browser.eval("document.querySelector('#range').value").asText()).isEqualTo("custom");
    assertThat(Axe.violations(browser)).isEmpty();
  }

  @Test
  void aReplaysFiguresFollowWhatIsTicked() {
    browser.go(address + SITE + "/replays");
    browser.eval(
        "document.querySelector('#range').value = '30d';"
            + "document.querySelector('#status').value = 'all'");
    browser.follow("main form .first");
    String count =
        "Number(document.querySelector('[data-ticked=count]').textContent.replace(',', ''))";
    String sum =
        "[...document.querySelectorAll('[data-ticked=part]')]"
            + ".reduce((all, one) => all + Number(one.textContent.replace(',', '')), 0)";
    int all = browser.eval(count).asInt();
    assertThat(browser.eval(sum).asInt()).isEqualTo(all).isPositive();
    assertThat(browser.text("main button.first")).isEqualTo("Start replay of " + all);
    browser.click("#send-delivered");
    browser.await("fewer", () -> browser.eval(count).asInt() < all);
    assertThat(browser.eval(sum).asInt()).isEqualTo(browser.eval(count).asInt());
    assertThat(Axe.violations(browser)).isEmpty();
  }
}
