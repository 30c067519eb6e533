package dev.hookferry.app.console;

import static dev.hookferry.app.console.EmbeddingScene.ABROAD;
import static dev.hookferry.app.console.EmbeddingScene.FOREIGN;
import static dev.hookferry.app.console.EmbeddingScene.HOME;
import static dev.hookferry.app.console.EmbeddingScene.LINK;
import static dev.hookferry.app.console.EmbeddingScene.SISTER;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The three ways of embedding, over TLS, in a Chromium that blocks the cookies of foreign frames.
 */
@InChromium
class PortalEmbeddingTest {
  private static EmbeddingScene scene;
  private static Chromium chromium;

  @TempDir private static Path folder;

  private final Browser browser = new Browser(chromium);

  @BeforeAll
  static void open() throws IOException {
    scene = new EmbeddingScene(folder);
    chromium = Chromium.startWithoutThirdPartyCookies(EmbeddingScene.certificate());
  }

  @AfterAll
  static void shut() {
    chromium.close();
    scene.close();
  }

  @AfterEach
  void close() {
    browser.close();
  }

  private List<String> log() {
    return browser.eval("log.join('\\n')").asText().lines().toList();
  }

  private void awaitLog(String entry) {
    browser.await(entry, () -> log().contains(entry));
  }

  /** Goes past the link that skips the navigation to its third link, as the keyboard does. */
  private void follow() {
    for (int i = 0; i < 4; i++) {
      browser.press("Tab");
    }
    browser.press("Enter");
  }

  @Test
  void underTheHostOfTheProduct() {
    String product = scene.product(scene.behind, ABROAD);
    browser.go(product + scene.behind.link(LINK));
    assertThat(browser.text("h1")).isEqualTo("Webhooks");
    String ground = browser.eval("getComputedStyle(document.body).backgroundColor").asText();
    assertThat(ground).as("stylesheets came through the proxy").isEqualTo("rgb(246, 247, 249)");
    browser.go(product + "/portal/deliveries?status=exhausted");
    browser.size(900, 800); // too narrow for a panel
    browser.follow("tbody a");
    browser.follow("form[action*='/retry'] button");
    assertThat(browser.text()).containsAnyOf("Retrying…", "failed after", "Delivered: attempt");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void onASisterHostInAFrame() {
    browser.go(scene.page(scene.secure, HOME, SISTER));
    awaitLog("ready /portal/");
    follow();
    awaitLog("navigated /portal/deliveries");
    browser.await("the height", () -> height() > 500);
  }

  private int height() {
    return browser.eval("portal.firstElementChild.offsetHeight").asInt();
  }

  @Test
  void onAForeignHostInAFrame() {
    browser.go(scene.page(scene.secure, ABROAD, FOREIGN));
    awaitLog("ready /portal/");
    assertThat(foreignCookies())
        .singleElement()
        .satisfies(
            cookie -> {
              assertThat(cookie.path("sameSite").asText()).isEqualTo("None");
              assertThat(cookie.path("secure").asBoolean()).isTrue();
              assertThat(cookie.path("httpOnly").asBoolean()).isTrue();
              assertThat(cookie.at("/partitionKey/topLevelSite").asText())
                  .isEqualTo("https://127.0.0.1");
            });
    followInFrame("deliveries");
    awaitLog("navigated /portal/deliveries");
    browser.await("the height", () -> height() > 500);
    assertThat(browser.eval("portal.firstElementChild.allow").asText())
        .isEqualTo("clipboard-write");
    browser.picture(OpenConsole.PICTURES.resolve("portal-embedded.png"));
    assertThat(scene.secure.endSessions("c-17")).isPositive();
    followInFrame("event-types");
    awaitLog("expired /portal/event-types");
    browser.picture(OpenConsole.PICTURES.resolve("portal-embedded-expired.png"));
    String next = scene.origin(scene.secure, FOREIGN);
    next += scene.secure.link(LINK.page("/portal/event-types"));
    browser.eval("log.length = 0; portal.setAttribute('src', '" + next + "')");
    awaitLog("ready /portal/event-types");
  }

  /** Returns the cookies that only TLS brings to the foreign host. */
  private List<JsonNode> foreignCookies() {
    return StreamSupport.stream(browser.cookies().spliterator(), false)
        .filter(cookie -> cookie.path("domain").asText().equals(FOREIGN))
        .filter(cookie -> cookie.path("name").asText().startsWith("__Secure-"))
        .toList();
  }

  @Test
  void aFrameThatFollowsItsHeightHasThePanelBesideTheRow() {
    browser.go(scene.page(scene.secure, ABROAD, FOREIGN));
    awaitLog("ready /portal/");
    followInFrame("deliveries");
    awaitLog("navigated /portal/deliveries");
    try (Browser frame =
        new Browser(chromium.showing("https://localhost:[0-9]+/portal/deliveries"))) {
      frame.await("rows", () -> frame.has("#list tbody tr:nth-child(4)"));
      frame.click("#list tbody tr:nth-child(4) td a");
      frame.await("the panel", () -> frame.has("#panel.at-row .title"));
      String edge = "Math.floor(document.querySelector('%s').getBoundingClientRect().%s)";
      assertThat(frame.eval(edge.formatted("#panel", "top")).asInt())
          .isEqualTo(frame.eval(edge.formatted("tr.opened", "top")).asInt());
      int end = frame.eval(edge.formatted("#panel", "bottom")).asInt();
      browser.await("the height", () -> height() >= end);
      browser.picture(OpenConsole.PICTURES.resolve("portal-embedded-panel.png"));
    }
  }

  private void followInFrame(String page) {
    try (Browser frame = new Browser(chromium.showing("https://localhost:[0-9]+/portal/[a-z]*"))) {
      frame.await("the page", () -> frame.has("nav"));
      frame.click("nav a[href='/portal/" + page + "']");
    }
  }

  @Test
  void whereTheCookieIsDroppedItOpensInANewTab() {
    browser.go(scene.page(scene.plain, ABROAD, FOREIGN));
    String framed = "http://localhost:[0-9]+/portal/framed/.*";
    try (Browser frame = new Browser(chromium.showing(framed))) {
      frame.awaitText("Open in a new tab");
      assertThat(log()).as("nothing that a product would answer").isEmpty();
      browser.picture(OpenConsole.PICTURES.resolve("portal-new-tab.png"));
      frame.click("a.button");
      try (Browser tab = new Browser(chromium.showing("http://localhost:[0-9]+/portal/"))) {
        tab.await("the portal", () -> tab.has("nav"));
        tab.go(scene.origin(scene.plain, FOREIGN) + "/portal/deliveries");
        assertThat(tab.has("nav")).isTrue();
      }
    }
  }

  @Test
  void aForeignPageMayNotFrameIt() {
    browser.go(scene.page(scene.secure, "other.localhost", FOREIGN));
    browser.await(
        "a refusal",
        () -> browser.complaints().stream().anyMatch(c -> c.contains("frame-ancestors")));
    assertThat(log()).isEmpty();
  }

  @Test
  void forgedMessagesAreIgnored() {
    browser.go(scene.page(scene.secure, ABROAD, FOREIGN));
    awaitLog("ready /portal/");
    int before = browser.eval("others").asInt();
    browser.eval(
        "postMessage({hookferry: 'expired', page: '/forged'}, '*');"
            + "const forger = document.createElement('iframe');"
            + "forger.src = '"
            + scene.product(scene.secure, "other.localhost")
            + "/forger'; document.body.append(forger); true");
    browser.await("the forged ones", () -> browser.eval("others").asInt() >= before + 4);
    assertThat(log()).containsExactly("ready /portal/");
    assertThat(height()).isLessThan(19_000);
  }
}
