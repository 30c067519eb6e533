package dev.hookferry.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.id.EndpointId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The first content of the portal's pages on small screens, in the system's Chromium. */
class PortalRoomTest extends OpenPortal {
  private static final int ONE_LINE = 50;
  private static final String VISIBLE = "document.querySelector('%s').checkVisibility()";

  @BeforeEach
  void fill() {
    server.settings(
        Map.of(
            "enabled",
            true,
            "theme",
            Map.of("productName", "Fjord CAD"),
            "origins",
            List.of("https://app.example")));
    server.fill();
  }

  private void enter(String language) {
    browser.go(
        address
            + server.link(
                PortalServer.EVERYTHING
                    .name("Ada Lovelace")
                    .locale(language)
                    .returnUrl("https://app.example/account")));
  }

  private boolean isVisible(String part) {
    return browser.eval(VISIBLE.formatted(part)).asBoolean();
  }

  private int number(String script) {
    return browser.eval(script).asInt();
  }

  @Test
  void aPhoneShowsTheNameOfTheProductInFull() {
    String cut = "(p => p.scrollWidth - p.clientWidth)(document.querySelector('.product'))";
    for (String language : List.of("en", "de", "fr")) {
      enter(language);
      browser.size(390, 844);
      assertThat(number(cut)).as(language).isZero();
      assertThat(isVisible(".who")).isFalse();
      assertThat(browser.text(".return")).startsWith("← ").doesNotContain("Fjord");
      assertThat(browser.text(".foot")).contains("Lovelace", "UTC");
      browser.picture(OpenConsole.PICTURES.resolve("portal-phone-" + language + ".png"));
      assertThat(Axe.violations(browser)).isEmpty();
      browser.size(1280, 900);
      assertThat(isVisible(".who")).isTrue();
      assertThat(browser.text(".return")).endsWith("Fjord CAD");
      assertThat(isVisible(".foot > .signed-in")).isFalse();
    }
    browser.go(address + "/portal/none");
    browser.size(390, 844);
    assertThat(browser.text(".foot")).as("without a time").endsWith("Lovelace");
    browser.forgive("404");
  }

  @Test
  void searchAndStatusStayBesideThePanel() {
    enter("en");
    browser.size(1440, 900);
    browser.go(address + "/portal/deliveries");
    browser.click("#list [data-open]");
    browser.await("the panel", () -> browser.has("#panel .title"));
    assertThat(browser.has(".filter-box.folding:not([open])")).isTrue();
    assertThat(isVisible("#q")).isTrue();
    assertThat(isVisible("#status")).isTrue();
    assertThat(isVisible("#type")).isFalse();
    assertThat(number("document.querySelector('.filter-box').offsetHeight")).isLessThan(ONE_LINE);
    browser.picture(OpenConsole.PICTURES.resolve("portal-filters-beside.png"));
    assertThat(Axe.violations(browser)).isEmpty();
    browser.click(".filter-box > summary");
    assertThat(isVisible("#type")).isTrue();
    browser.click(".filter-box > summary");
    assertThat(isVisible("#type")).isFalse();
    browser.eval("document.getElementById('status').focus()");
    browser.choose("#status", "delivered");
    browser.await("the list", () -> browser.address().contains("status=delivered"));
    assertThat(browser.text(".chips")).startsWith("delivered");
    browser.size(1280, 900);
  }

  @Test
  void oneClickSelectsAllOfWhatWouldProbablyFailAgain() {
    for (String name : List.of("one", "two")) {
      String url = "https://" + name + ".example/hooks";
      server.transport.responding(url, 500);
      EndpointId unused = server.add(url);
    }
    for (int i = 0; i < 10; i++) {
      server.publish("order.paid");
    }
    browser.await("all", () -> server.haveEnded(40));
    enter("en");
    browser.go(address + "/portal/deliveries/retry?status=exhausted&type=order.paid");
    assertThat(browser.text("h1")).isEqualTo("Choose what to retry");
    String button = "main button.first";
    assertThat(browser.text(button)).isEqualTo("Retry selected");
    String disabled = "document.querySelector('" + button + "').disabled";
    assertThat(browser.eval(disabled).asBoolean()).isTrue();
    assertThat(browser.text("main form")).contains("nothing is selected", "No delivery is");
    browser.picture(OpenConsole.PICTURES.resolve("portal-retry-none.png"));
    assertThat(Axe.violations(browser)).isEmpty();
    browser.click("[data-tick-all]");
    assertThat(browser.text(button)).isEqualTo("Retry 20");
    assertThat(browser.text("main form")).contains("20 deliveries will be sent to your endpoints.");
    browser.follow(button);
    assertThat(browser.text("h1")).isIn("Retrying 20 deliveries", "Retried deliveries");
  }

  @Test
  void aFailedTestLeavesOneLineForWhatFailedBefore() {
    String url = "https://one.example/hooks";
    server.transport.responding(url, 500);
    EndpointId id = server.add(url);
    for (int i = 0; i < 10; i++) {
      server.publish("order.paid");
    }
    browser.await("all", () -> server.haveEnded(30));
    enter("en");
    browser.go(address + "/portal/endpoints/" + id);
    browser.follow("form[action$='/test'] button");
    assertThat(number("document.querySelectorAll('main .note').length")).isEqualTo(1);
    assertThat(browser.text(".note.bad")).contains("The test failed.", "HTTP 500");
    assertThat(browser.text(".in-brief"))
        .contains("has been failing since", "10 deliveries failed · Retry…");
    assertThat(number("document.querySelector('.in-brief').offsetHeight")).isLessThan(ONE_LINE);
    browser.picture(OpenConsole.PICTURES.resolve("portal-test-failed.png"));
    for (String scheme : List.of("light", "dark")) {
      browser.colours(scheme);
      assertThat(Axe.violations(browser)).isEmpty();
    }
    browser.colours("light");
    browser.follow(".in-brief > a:last-child");
    assertThat(browser.text("h1")).startsWith("Retry 10 failed deliveries to one.example");
  }
}
