package dev.hookferry.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.http.options.HttpServerOptions;
import dev.hookferry.portal.NewPortalLink;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The three ways of embedding, in a Chromium that blocks the cookies of foreign frames. */
@ExtendWith(NeedsChromium.class)
class PortalEmbeddingTest {
  private static final NewPortalLink LINK = NewPortalLink.of("c-17");

  private static PortalServer behindTls;
  private static PortalServer plain;
  private static ProductPage product;
  private static Chromium chromium;

  private final Browser browser = new Browser(chromium);

  @BeforeAll
  static void open() throws IOException {
    behindTls = new PortalServer(HttpServerOptions::withProxyInFront);
    plain = new PortalServer(options -> options);
    product = new ProductPage("http://localhost:" + behindTls.port());
    chromium = Chromium.startWithoutThirdPartyCookies();
    List<String> origins =
        List.of(
            "http://127.0.0.1:" + product.port(), "http://app.product.localhost:" + product.port());
    for (PortalServer server : List.of(behindTls, plain)) {
      server.settings(
          Map.of(
              "enabled",
              true,
              "origins",
              origins,
              "refreshUrl",
              "http://localhost/hooks",
              "theme",
              Map.of("accent", "#6122e7")));
    }
    behindTls.fill();
  }

  @AfterAll
  static void shut() {
    chromium.close();
    product.close();
    plain.close();
    behindTls.close();
  }

  @AfterEach
  void close() {
    browser.close();
  }

  private void embed(String productHost, String hooks, PortalServer server) {
    String src = hooks + ":" + server.port() + server.link(LINK);
    browser.go(
        productHost
            + ":"
            + product.port()
            + "/embed?src="
            + URLEncoder.encode(src, StandardCharsets.UTF_8));
  }

  private List<String> log() {
    return browser.eval("log.join('\\n')").asText().lines().toList();
  }

  private void awaitLog(String entry) {
    browser.await(entry, () -> log().contains(entry));
  }

  /** Goes to the second link of the frame, as the keyboard does. */
  private void follow() {
    browser.press("Tab");
    browser.press("Tab");
    browser.press("Enter");
  }

  @Test
  void underTheHostOfTheProduct() {
    browser.go("http://127.0.0.1:" + product.port() + behindTls.link(LINK));
    assertThat(browser.text("h1")).isEqualTo("Webhooks");
    String ground = browser.eval("getComputedStyle(document.body).backgroundColor").asText();
    assertThat(ground).as("stylesheets came through the proxy").isEqualTo("rgb(246, 247, 249)");
    browser.go("http://127.0.0.1:" + product.port() + "/portal/deliveries?status=exhausted");
    browser.size(900, 800); // too narrow for a panel
    browser.follow("tbody a");
    browser.follow("form[action$='/retry'] button");
    assertThat(browser.text()).contains("Hookferry is sending it again.");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void onASisterHostInAFrame() {
    embed("http://app.product.localhost", "http://hooks.product.localhost", behindTls);
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
    embed("http://127.0.0.1", "http://localhost", behindTls);
    awaitLog("ready /portal/");
    followInFrame("deliveries");
    awaitLog("navigated /portal/deliveries");
    browser.await("the height", () -> height() > 500);
    assertThat(browser.eval("portal.firstElementChild.allow").asText())
        .isEqualTo("clipboard-write");
    browser.picture(OpenConsole.PICTURES.resolve("portal-embedded.png"));
    assertThat(behindTls.endSessions("c-17")).isPositive();
    followInFrame("event-types");
    awaitLog("expired /portal/event-types");
    browser.picture(OpenConsole.PICTURES.resolve("portal-embedded-expired.png"));
    String next = "http://localhost:" + behindTls.port();
    next += behindTls.link(LINK.page("/portal/event-types"));
    browser.eval("log.length = 0; portal.setAttribute('src', '" + next + "')");
    awaitLog("ready /portal/event-types");
  }

  private void followInFrame(String page) {
    try (Browser frame = new Browser(chromium.showing("http://localhost:[0-9]+/portal/[a-z]*"))) {
      frame.await("the page", () -> frame.has("nav"));
      frame.click("nav a[href='/portal/" + page + "']");
    }
  }

  @Test
  void whereTheCookieIsDroppedItOpensInANewTab() {
    embed("http://127.0.0.1", "http://localhost", plain);
    String framed = "http://localhost:[0-9]+/portal/framed/.*";
    try (Browser frame = new Browser(chromium.showing(framed))) {
      frame.awaitText("Open in a new tab");
      assertThat(log()).as("nothing that a product would answer").isEmpty();
      browser.picture(OpenConsole.PICTURES.resolve("portal-new-tab.png"));
      frame.click("a.button");
      try (Browser tab = new Browser(chromium.showing("http://localhost:[0-9]+/portal/"))) {
        tab.await("the portal", () -> tab.has("nav"));
        tab.go("http://localhost:" + plain.port() + "/portal/deliveries");
        assertThat(tab.has("nav")).isTrue();
      }
    }
  }

  @Test
  void aForeignPageMayNotFrameIt() {
    embed("http://other.localhost", "http://localhost", behindTls);
    browser.await(
        "a refusal",
        () -> browser.complaints().stream().anyMatch(c -> c.contains("frame-ancestors")));
    assertThat(log()).isEmpty();
  }

  @Test
  void forgedMessagesAreIgnored() {
    embed("http://127.0.0.1", "http://localhost", behindTls);
    awaitLog("ready /portal/");
    int before = browser.eval("others").asInt();
    browser.eval(
        "postMessage({hookferry: 'expired', page: '/forged'}, '*');"
            + "const forger = document.createElement('iframe');"
            + "forger.src = 'http://other.localhost:"
            + product.port()
            + "/forger'; document.body.append(forger); true");
    browser.await("the forged ones", () -> browser.eval("others").asInt() >= before + 4);
    assertThat(log()).containsExactly("ready /portal/");
    assertThat(height()).isLessThan(19_000);
  }
}
