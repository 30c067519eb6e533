package dev.hookferry.app.console;

import static dev.hookferry.app.console.EmbeddingScene.ABROAD;
import static dev.hookferry.app.console.EmbeddingScene.FOREIGN;
import static dev.hookferry.app.console.EmbeddingScene.HOME;
import static dev.hookferry.app.console.EmbeddingScene.LINK;
import static dev.hookferry.app.console.EmbeddingScene.SISTER;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A walk through the portal and the three ways of embedding it, in Firefox and WebKit. */
@EnabledIfSystemProperty(named = "thorough", matches = "true")
@ParameterizedClass
@EnumSource
class PortalOtherBrowsersTest {
  private static final String GROUND = "getComputedStyle(document.body).backgroundColor";
  private static final String OVERFLOW =
      "document.documentElement.scrollWidth - document.documentElement.clientWidth";

  private static EmbeddingScene scene;
  private static DriverLine line;

  @TempDir private static Path folder;

  @Parameter private OtherBrowser make;

  private final DrivenPage browser = new DrivenPage(line);

  @BeforeEach
  void narrow() {
    browser.size(900, 800); // too narrow for a panel
  }

  @BeforeAll
  static void open() throws IOException {
    scene = new EmbeddingScene(folder);
  }

  @AfterAll
  static void shut() {
    scene.close();
  }

  @BeforeParameterizedClassInvocation
  static void start(OtherBrowser make) throws IOException {
    line = make.start();
  }

  @AfterParameterizedClassInvocation
  static void end() {
    line.close();
  }

  private List<String> log() {
    return browser.eval("log.join('\\n')").asText().lines().toList();
  }

  private void awaitLog(String entry) {
    browser.await(entry, () -> log().contains(entry));
  }

  private int height() {
    return browser.eval("document.querySelector('iframe').offsetHeight").asInt();
  }

  @Test
  void everyPageIsShownAndFitsANarrowWindow() {
    String address = scene.origin(scene.secure, FOREIGN);
    browser.go(address + scene.secure.link(PortalServer.EVERYTHING));
    browser.size(400, 800);
    scene
        .secure
        .pages()
        .forEach(
            (name, path) -> {
              browser.go(address + path);
              assertThat(browser.has("h1")).as(name).isTrue();
              assertThat(browser.eval(GROUND).asText()).as(name).isEqualTo("rgb(246, 247, 249)");
              assertThat(browser.eval(OVERFLOW).asInt()).as(name + " fits").isZero();
            });
  }

  @Test
  void aCustomerFindsAFailureSendsItAgainAndAddsAnEndpoint() {
    String address = scene.origin(scene.secure, FOREIGN);
    browser.go(address + scene.secure.link(PortalServer.EVERYTHING));
    PortalWalk.sendsAgainAndManages(browser, address, scene.secure);
  }

  @Test
  void underTheHostOfTheProduct() {
    String product = scene.product(scene.behind, ABROAD);
    browser.go(product + scene.behind.link(LINK));
    assertThat(browser.address()).isEqualTo(product + "/portal/");
    assertThat(browser.eval(GROUND).asText()).isEqualTo("rgb(246, 247, 249)");
    browser.go(product + "/portal/deliveries?status=exhausted");
    browser.follow("tbody a");
    browser.follow("form[action*='/retry'] button");
    assertThat(browser.text()).containsAnyOf("Retrying…", "failed after", "Delivered: attempt");
  }

  @Test
  void onASisterHostInAFrame() {
    browser.go(scene.page(scene.secure, HOME, SISTER));
    awaitLog("ready /portal/");
    clickInFrame("nav a[href='/portal/deliveries']");
    awaitLog("navigated /portal/deliveries");
    browser.await("the height", () -> height() > 500);
  }

  private void clickInFrame(String selector) {
    boolean unused =
        browser.inFrame(
            () -> {
              browser.click(selector);
              return true;
            });
  }

  /** WebKitGTK knows no partitioned cookies. */
  @Test
  void onAForeignHostInAFrame() {
    browser.go(scene.page(scene.secure, ABROAD, FOREIGN));
    if (make == OtherBrowser.WEBKIT) {
      opensInANewTab(scene.origin(scene.secure, FOREIGN));
      return;
    }
    awaitLog("ready /portal/");
    clickInFrame("nav a[href='/portal/deliveries']");
    awaitLog("navigated /portal/deliveries");
    assertThat(scene.secure.endSessions("c-17")).isPositive();
    clickInFrame("nav a[href='/portal/event-types']");
    awaitLog("expired /portal/event-types");
  }

  @Test
  void whereTheCookieIsDroppedItOpensInANewTab() {
    browser.go(scene.page(scene.plain, ABROAD, FOREIGN));
    opensInANewTab(scene.origin(scene.plain, FOREIGN));
  }

  private void opensInANewTab(String origin) {
    browser.await(
        "the offer", () -> browser.inFrame(() -> browser.text().contains("Open in a new tab")));
    assertThat(log()).as("nothing that a product would answer").isEmpty();
    clickInFrame("a.button");
    browser.toNewTab();
    browser.await("the portal", () -> browser.has("nav"));
    browser.go(origin + "/portal/deliveries");
    assertThat(browser.has("nav")).isTrue();
    browser.closeTab();
  }
}
