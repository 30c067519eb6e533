package dev.hookferry.app.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.hookferry.app.client.Path;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Targets can be clicked and stay where they are, in the system's Chromium. */
class ConsoleTargetsTest extends OpenConsole {
  /** Whether a question of the panel lies inside it, with its last button on top. */
  private static final String REACHED =
      """
      (() => {
        const ask = document.querySelectorAll("#panel .head details.ask")[%d];
        // Again, if the panel has been renewed meanwhile.
        ask.open = true;
        const box = ask.querySelector("form").getBoundingClientRect();
        const panel = document.getElementById("panel").getBoundingClientRect();
        const button = [...ask.querySelectorAll("form button")].pop();
        const at = button.getBoundingClientRect();
        const top = document.elementFromPoint(at.left + at.width / 2, at.top + at.height / 2);
        return button.contains(top) && box.left >= panel.left && box.right <= panel.right;
      })()\
      """;

  /** From now on, pages come with rows by id, or the other way round, and a longer headline. */
  private static final String CHANGING =
      """
      window.turned = false;
      window.lines = 0;
      window.usual = window.fetch;
      window.fetch = async (url, options) => {
        const response = await usual(url, options);
        if (!options?.headers?.["Hookferry-Live"]) return response;
        const text = await response.text();
        const page = new DOMParser().parseFromString(text, "text/html");
        const body = page.querySelector(".endpoint-rows tbody");
        if (!body) return new Response(text);
        const rows = [...body.rows].sort((one, other) => one.id < other.id ? -1 : 1);
        body.append(...(turned ? rows.reverse() : rows));
        for (let i = 0; i < lines; i++) {
          page.querySelector("#headline")?.append(Object.assign(page.createElement("p"), { textContent: "more" }));
        }
        return new Response(page.documentElement.outerHTML);
      };
      renew()\
      """;

  private static final String ORDER =
      "[...document.querySelectorAll('.endpoint-rows tbody tr')].map((row) => row.id).join()";

  private static final String ROWS =
      "document.querySelector('.endpoint-rows tbody').getBoundingClientRect().top";

  private static final String TWO_FRAMES =
      "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))";

  @BeforeAll
  static void open() throws IOException, InterruptedException {
    openDemo();
  }

  /** Resending once opened to the left of the panel, which cut its button off. */
  @Test
  void theQuestionsOfThePanelLieInsideIt() {
    for (int width : List.of(1120, 1440, 1920)) {
      browser.size(width, 900);
      browser.go(address + SITE + "/deliveries?status=delivered");
      browser.click("#list [data-open]");
      browser.await("the panel", () -> browser.has("#panel .head details.ask"));
      String questions = "document.querySelectorAll('#panel .head details.ask')";
      for (int i = 0; i < browser.eval(questions + ".length").asInt(); i++) {
        String reached = REACHED.formatted(i);
        browser.await(i + " at " + width, () -> browser.eval(reached).asBoolean());
      }
    }
    browser.size(1280, 900);
  }

  @Test
  void theReviewOfAllOpensNoPanel() {
    String list = "/deliveries?status=delivered";
    String path = first(SITE + list, "[data-open]");
    String open = "&open=" + path.substring(path.lastIndexOf('/') + 1);
    browser.go(address + SITE + list + open);
    browser.await("the panel", () -> browser.has("#panel .title"));
    browser.follow("#filterline a.button");
    assertThat(browser.address()).contains("/deliveries/all?").doesNotContain("open=");
    browser.go(address + SITE + list.replace("?", "/all?") + open);
    assertThat(browser.text("h1")).isEqualTo("Resend deliveries");
    assertThat(browser.has("#panel")).isFalse();
  }

  @Test
  void endpointsKeepTheirOrderWhileThePointerIsOnThem() {
    for (String page : List.of("", "/endpoints")) {
      browser.go(address + SITE + page);
      browser.await("live", () -> browser.has("#live.on"));
      browser.point("main h1");
      browser.eval(CHANGING);
      browser.point(".endpoint-rows tbody tr:nth-child(2) td.num");
      String before = browser.eval(ORDER).asText();
      browser.eval("window.turned = true; renew()");
      assertThat(browser.eval(ORDER).asText()).as(page).isEqualTo(before);
      browser.point("main h1");
      browser.await("the other order", () -> !browser.eval(ORDER).asText().equals(before));
    }
  }

  @Test
  void theHeadlineDoesNotMoveTheRowsThatSomebodyReads() {
    browser.go(address + SITE);
    browser.await("live", () -> browser.has("#live.on"));
    browser.eval(CHANGING);
    browser.eval(
        "document.querySelector('.endpoint-rows tbody a').focus({ preventScroll: true });"
            + " scrollTo(0, 0)");
    double before = browser.eval(ROWS).asDouble();
    String height = "document.getElementById('headline').offsetHeight";
    int usual = browser.eval(height).asInt();
    browser.eval("window.lines = 4; renew()");
    int tall = browser.eval(height).asInt();
    assertThat(tall).isGreaterThan(usual + 40);
    assertThat(browser.eval(ROWS).asDouble()).as("below").isCloseTo(before, within(1.0));
    browser.eval("window.lines = 0; renew()");
    assertThat(browser.eval(height).asInt()).isEqualTo(tall);
    browser.eval(TWO_FRAMES);
    browser.eval("scrollBy(0, -20)");
    browser.await("its own height", () -> browser.eval(height).asInt() < tall);

    browser.point(".endpoint-rows tbody tr:nth-child(2) td.num");
    double pointed = browser.eval(ROWS).asDouble();
    browser.eval("window.lines = 9; renew()");
    browser.eval(TWO_FRAMES);
    assertThat(browser.eval(ROWS).asDouble()).as("scrolled").isCloseTo(pointed, within(1.0));
  }

  @Test
  void moreFiltersButtonDoesNotMove() {
    String at =
        "(({ left, top, width }) => [left, top, width].join())"
            + "(document.querySelector('#more-filters > summary').getBoundingClientRect())";
    String shows = "document.getElementById('code').checkVisibility()";
    for (int width : List.of(1024, 1280, 1440)) {
      browser.size(width, 900);
      browser.go(address + SITE + "/deliveries");
      String before = browser.eval(at).asText();
      assertThat(browser.text("#more-filters")).isEqualTo("More filters");
      browser.click("#more-filters > summary");
      assertThat(browser.eval(at).asText()).as("at %s", width).isEqualTo(before);
      assertThat(browser.text("#more-filters")).isEqualTo("Fewer filters");
      assertThat(browser.eval(shows).asBoolean()).isTrue();
      assertThat(Axe.violations(browser)).isEmpty();
      browser.click("#more-filters > summary");
      assertThat(browser.eval(shows).asBoolean()).isFalse();
    }
    browser.size(1280, 900);
  }

  @Test
  void aLongNameOfASiteLeavesRoomForTheSignThatItOpens() {
    String room =
        """
        (() => {
          const summary = document.querySelector("#site-switch > summary");
          const name = summary.querySelector("b");
          name.textContent = "Fjord CAD licensing for partners in Northern Europe";
          return summary.getBoundingClientRect().right - name.getBoundingClientRect().right;
        })()\
        """;
    for (int width : List.of(390, 1280)) {
      browser.size(width, 900);
      browser.go(address + SITE + "/events");
      assertThat(browser.eval(room).asInt()).as("at %s", width).isBetween(15, 40);
      assertThat(overflow()).isZero();
    }
  }

  @Test
  void rightToLeftNameAlignsWithTheOthers() {
    for (String name : List.of("متجر", "Shop")) {
      var unused =
          client()
              .post(
                  Path.ofSite("default", "endpoints"),
                  JsonNodeFactory.instance
                      .objectNode()
                      .put("url", receivers() + "/named/" + name.codePointAt(0))
                      .put("description", name)
                      .set(
                          "eventTypes",
                          JsonNodeFactory.instance.arrayNode().add("customer_deleted")));
    }
    publish("customer_deleted");
    String event = first(SITE + "/events?type=customer_deleted", "[data-open]");
    browser.go(address + SITE + "/find?q=" + event.substring(event.lastIndexOf('/') + 1));
    String lefts =
        """
        [...document.querySelectorAll(".findings.found li > span:nth-child(2) > [dir=auto]")]
          .map((name) => {
            const text = document.createRange();
            text.selectNodeContents(name);
            return Math.round(text.getBoundingClientRect().left);
          })\
        """;
    assertThat(browser.eval(lefts + ".length").asInt()).isGreaterThan(1);
    assertThat(browser.eval("new Set(" + lefts + ").size").asInt()).isEqualTo(1);
  }

  /** Once the text stood at the right of a line of its own, with a hole at its left. */
  @Test
  void theHeadOfTheRetryQueueHasNoHole() {
    String hole =
        """
        (() => {
          const head = document.querySelector(".list-head");
          const text = head.querySelector(".summary");
          text.textContent = "490+ not sent yet · oldest waiting 25 min";
          const [at, line] = [head, text].map((one) => one.getBoundingClientRect());
          const tabs = head.querySelector(".tabs").getBoundingClientRect();
          return Math.round(line.top > tabs.bottom ? line.left - at.left : line.left - tabs.right);
        })()\
        """;
    for (int width : List.of(1280, 1360, 1440, 1600)) {
      browser.size(width, 900);
      browser.go(address + SITE + "/retry-queue");
      assertThat(browser.eval(hole).asInt()).as("at %s", width).isBetween(0, 24);
    }
    browser.size(1280, 900);
  }
}
