package dev.hookferry.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Walks through the console of the demo as a person would, in the system's Chromium. */
class ConsoleBrowserTest extends OpenConsole {
  private static final String RETRY_NOW = "form[action$='/retry'] button.first";

  @BeforeAll
  static void open() throws IOException, InterruptedException {
    openDemo();
  }

  /** Every page, what it is called in pictures, and what to click to get to it. */
  private Map<String, String> pages() {
    Map<String, String> pages = new LinkedHashMap<>();
    pages.put("overview", SITE);
    pages.put("problems", SITE + "/problems");
    pages.put("audit", "/audit");
    pages.put("sites-to-choose", SITE + "/switch?q=a&to=%2Fdeliveries");
    pages.put("server-properties", SITE + "/server-properties");
    pages.put("endpoints", SITE + "/endpoints");
    pages.put("endpoint-new", SITE + "/endpoints/new");
    pages.put("endpoint", first(SITE + "/endpoints", "tbody tr:nth-child(3) td.wide a"));
    pages.put("endpoint-edit", pages.get("endpoint") + "/edit");
    pages.put("deliveries", SITE + "/deliveries");
    pages.put("delivery", first(SITE + "/deliveries?status=pending&type=license_deleted", "td a"));
    pages.put("delivery-exhausted", first(SITE + "/deliveries?status=exhausted", "td a"));
    pages.put("delivery-compare", pages.get("delivery-exhausted") + "/compare");
    pages.put("events", SITE + "/events");
    pages.put("event", first(SITE + "/events?type=license_deleted", "td a"));
    pages.put("event-unwanted", first("/sites/partner/events?type=customer_created", "td a"));
    pages.put("retry-queue", SITE + "/retry-queue");
    pages.put("replays", SITE + "/replays");
    pages.put("find", SITE + "/find?q=KELP7-12AAB-77PLC-0TRIA-L0001");
    pages.put("find-fields", SITE + "/find");
    pages.put("find-none", SITE + "/find?q=nowhere-to-be-found");
    pages.put("send", SITE + "/send");
    pages.put("event types", SITE + "/event-types");
    pages.put("event type", SITE + "/event-types/license_created");
    pages.put("event type form", SITE + "/event-types/license_created/edit");
    pages.put("verify", SITE + "/verify");
    pages.put("site-settings", SITE + "/settings");
    pages.put("portal", SITE + "/portal?accent=%23ffee00&product=Acme");
    pages.put("sites", "/sites");
    pages.put("keys", "/keys");
    pages.put("key-revoke", first("/keys", "td.num a"));
    pages.put("outboxes", "/outboxes");
    pages.put("outbox", "/outboxes/shop");
    pages.put("system", "/system");
    pages.put("not-found", SITE + "/deliveries/none");
    return pages;
  }

  @Test
  void everyPageIsAccessibleInLightAndDarkAndFitsAPhone() {
    List<String> violations = new ArrayList<>();
    for (Map.Entry<String, String> page : pages().entrySet()) {
      browser.go(address + page.getValue());
      for (String scheme : List.of("light", "dark")) {
        browser.colours(scheme);
        if (scheme.equals("light")) {
          violations.addAll(Axe.violations(browser));
        } else if (Boolean.getBoolean("thorough")) {
          violations.addAll(Axe.contrast(browser));
        }
        browser.picture(PICTURES.resolve(page.getKey() + "-" + scheme + ".png"));
      }
      assertThat(overflow()).as(page.getKey() + " fits a screen").isZero();
      browser.size(400, 800);
      assertThat(overflow()).as(page.getKey() + " fits a phone").isZero();
      browser.picture(PICTURES.resolve(page.getKey() + "-phone.png"));
      browser.size(1280, 900);
      browser.colours("light");
    }
    assertThat(violations).isEmpty();
    // The page that there is not is one of them; the browser tells its status as an error.
    browser.forgive("404");
  }

  @Test
  void threeClicksExplainAFailedDeliveryAndRetryIt() {
    browser.go(address + "/");
    browser.follow("#board tr:first-child td.wide a");
    browser.follow("#deliveries td a");
    assertThat(browser.text(".head")).contains("/archive", "“responded with 500”");
    assertThat(browser.text()).contains("failed while it handled");
    browser.follow(RETRY_NOW);
    browser.await("the outcome", () -> browser.text("#follow-up").contains("failed"));
    assertThat(browser.text("#follow-up"))
        .containsPattern("Attempt [\\s\\S]*The receiver responded with 500 in (under )?\\d+ ");
    assertThat(browser.has("#follow-up.good")).isFalse();
  }

  @Test
  void aFailedDeliveryIsFoundAndSentAgainWithTheKeyboardAlone() {
    browser.press("/");
    assertThat(browser.eval("document.activeElement.id").asText()).isEqualTo("palette-q");
    browser.press("Escape");
    browser.tabTo("nav a[href$='/deliveries']");
    browser.pressToLeave("Enter");
    browser.tabTo("#pick-status summary");
    browser.press("Enter");
    browser.tabTo("#pick-status input[value='given-up']");
    browser.press(" ");
    browser.await("the filter", () -> browser.address().contains("status=given-up"));
    browser.await("the chip", () -> browser.has("#filterline .chip"));
    browser.press("Escape");
    browser.press("j");
    browser.press("Enter");
    browser.await("the panel", () -> browser.text("#panel .title").startsWith("license_deleted"));
    browser.tabTo("#panel-page");
    browser.pressToLeave("Enter");
    assertThat(browser.text("h1")).startsWith("license_deleted to ");
    browser.tabTo(RETRY_NOW);
    browser.pressToLeave("Enter");
    browser.await("the outcome", () -> browser.has("#follow-up.bad"));
    browser.press("?");
    assertThat(browser.eval("document.getElementById('help').open").asBoolean()).isTrue();
    assertThat(Axe.violations(browser)).isEmpty();
    browser.press("Escape");
    browser.await("4 attempts", () -> browser.has(".attempts li:nth-child(4)"));
  }

  @Test
  void deliveryIsCancelledAfterConfirmation() {
    browser.go(address + first(SITE + "/deliveries?status=pending&type=license_deleted", "td a"));
    browser.click("details.ask summary");
    browser.await("a question", () -> browser.text().contains("will not be delivered to"));
    assertThat(Axe.violations(browser)).isEmpty();
    browser.follow("details.ask button");
    assertThat(browser.text()).contains("The delivery was cancelled.");
    assertThat(browser.text(".head .status")).isEqualTo("cancelled");
  }

  @Test
  void attemptShowsItsTimingAndResponse() {
    browser.go(address + first(SITE + "/deliveries?status=exhausted", "td a"));
    browser.eval("document.querySelectorAll('#delivery details').forEach(one => one.open = true)");
    browser.eval("document.querySelector('.attempts h3').id = 'before'");
    publish("customer_deleted");
    browser.await("a live update", () -> !browser.has("#before"));
    assertThat(browser.has("#delivery details:not([open])")).as("a fold has closed").isFalse();
    assertThat(browser.text()).contains("Content-Length", "curl -i ");
    for (String scheme : List.of("light", "dark")) {
      browser.colours(scheme);
      assertThat(Axe.violations(browser)).isEmpty();
      browser.picture(PICTURES.resolve("attempt-" + scheme + ".png"));
    }
    browser.size(400, 800);
    assertThat(browser.eval("document.documentElement.scrollWidth").asInt())
        .isLessThanOrEqualTo(400);
    browser.picture(PICTURES.resolve("attempt-phone.png"));
    browser.size(1280, 900);
    browser.colours("light");
  }

  @Test
  void manyDeliveriesAreChosenAndRetried() {
    browser.go(address + SITE + "/deliveries?status=delivered&type=license_modified");
    browser.press("j");
    browser.press("x");
    browser.press("j");
    browser.press("x");
    browser.await("both", () -> browser.text(".pager.picked").contains("2 selected"));
    assertThat(browser.text(".pager.picked button")).isEqualTo("Resend 2");
    browser.follow(".pager button");
    assertThat(browser.text("h1")).isEqualTo("Send 2 deliveries?");
    assertThat(browser.text()).contains("All were already delivered and will arrive again");
    assertThat(Axe.violations(browser)).isEmpty();
    browser.follow("main button.first");
    assertThat(browser.text()).contains("Retrying 2 deliveries");
  }

  @Test
  void serverPropertiesAreReviewedThenSaved() {
    browser.follow("nav a[href$='/server-properties']");
    assertThat(browser.text()).contains("Webhook events", "Webhook settings");
    String erp = receivers() + "/erp";
    browser.type("input[name='add.license_released']", erp);
    browser.type("#interval", "0");
    browser.follow("form.stack button.first");
    assertThat(browser.text()).contains("nter a whole number from 1 to 86,400");
    assertThat(Axe.violations(browser)).isEmpty();
    browser.type("#interval", "600");
    browser.follow("form.stack button.first");
    assertThat(browser.text()).contains("Nothing is saved yet", "A new endpoint for " + erp);
    assertThat(Axe.violations(browser)).isEmpty();
    browser.picture(PICTURES.resolve("server-properties-review-light.png"));
    browser.follow("main button.first");
    assertThat(browser.text()).contains("The server properties were saved.", erp);
    browser.forgive("400");
  }

  @Test
  void endpointIsTestedCreatedResumedChangedAndRemoved() {
    browser.go(address + SITE + "/endpoints");
    browser.follow(".head a.first");
    browser.type("#url", "http://10.1.2.3/in");
    browser.click("input[value='customer_deleted']");
    browser.follow("main button.first");
    assertThat(browser.text()).contains("Please correct the following", "This URL leads to");
    browser.type("#url", receivers() + "/archive");
    browser.follow("main button.first");
    assertThat(browser.text()).contains("Not created yet", "Test result", "Check the signature");
    assertThat(browser.text()).contains("HTTP 500", "whsec_");
    assertThat(Axe.violations(browser)).isEmpty();
    browser.picture(PICTURES.resolve("endpoint-tried-badly-light.png"));
    browser.follow("button[formaction$='/endpoints/new']");
    browser.type("#url", receivers() + "/shop");
    browser.follow("main button.first");
    assertThat(browser.text()).contains("HTTP 200");
    lookAtTheTrial();
    browser.follow("button[value='off']");
    assertThat(browser.text()).contains("whsec_", "paused: it gets only tests");
    awaitLiveParts();
    browser.follow(".note form[action$='/test'] button.first");
    assertThat(browser.text()).contains("Test result", "HTTP 200");
    assertThat(browser.text()).contains("Secret, shown only once");
    browser.follow("a[href='?dismiss=yes']");
    assertThat(browser.text()).doesNotContain("shown only once");
    assertThat(Axe.violations(browser)).isEmpty();
    browser.follow("form[action$='/resume'] button");
    assertThat(browser.text("#follow-up")).contains("No deliveries were waiting.");
    chooseInMenu("form[action$='/pause'] button");
    assertThat(browser.text(".head .status")).isEqualTo("paused");
    rotateTheSecret();
    browser.follow("a[href$='/edit']");
    browser.type("#description", "the <b>shop</b>");
    browser.follow("main button.first");
    assertThat(browser.text()).contains("Endpoint changed", "the <b>shop</b>");
    confirmInMenu("remove");
    assertThat(browser.text()).contains("The endpoint the <b>shop</b> was removed.");
    browser.forgive("400");
  }

  /** Waits until the page has fetched its live parts once, because they may move what is below. */
  private void awaitLiveParts() {
    String fetched =
        "performance.getEntriesByType('resource').some((one) => one.name === location.href)";
    browser.await("live parts", () -> browser.eval(fetched).asBoolean());
  }

  private void chooseInMenu(String button) {
    browser.click("#more > summary");
    browser.follow(button);
  }

  private void confirmInMenu(String act) {
    browser.click("#more > summary");
    browser.click("summary:has(+ form[action$='/" + act + "'])");
    browser.follow("form[action$='/" + act + "'] button");
  }

  private void rotateTheSecret() {
    confirmInMenu("rotate");
    assertThat(browser.text())
        .contains("whsec_", "2 active secrets", "The old one also signs until");
  }

  private void lookAtTheTrial() {
    assertThat(Axe.violations(browser)).isEmpty();
    browser.picture(PICTURES.resolve("endpoint-tried-light.png"));
    browser.colours("dark");
    assertThat(Axe.contrast(browser)).isEmpty();
    browser.size(400, 800);
    assertThat(overflow()).isZero();
    browser.picture(PICTURES.resolve("endpoint-tried-phone.png"));
    browser.size(1280, 900);
    browser.colours("light");
  }

  @Test
  void anEndpointIsPausedAndSwitchedOnFromTheBoard() {
    String row =
        "tr:has(a[href='" + first(SITE + "/endpoints", "tbody tr:last-child td.wide a") + "'])";
    browser.go(address + SITE);
    browser.click(row + " .row-menu summary");
    browser.follow(row + " form[action$='/pause'] button");
    assertThat(browser.text(".head .status")).isEqualTo("paused");
    browser.go(address + SITE);
    browser.click(row + " .row-menu summary");
    browser.follow(row + " form[action$='/resume'] button");
    assertThat(browser.has("#follow-up")).isTrue();
    assertThat(browser.text(".head .status")).isNotEqualTo("paused");
  }

  @Test
  void anEventIsReadAndSentAgain() {
    browser.go(address + first(SITE + "/events?type=license_activated", "td a"));
    assertThat(browser.text(".json")).contains("\"EventType\": \"license_activated\"");
    browser.click("td input");
    browser.follow(".pager button");
    browser.follow("main button.first");
    browser.await("the outcome", () -> browser.has("#follow-up.good, #follow-up.bad"));
    assertThat(browser.text("#follow-up")).contains("1 endpoint");
  }

  @Test
  void eventIsSentToAnEndpointThatWasNotSubscribed() {
    browser.go(address + first(SITE + "/events?type=license_activated", "td a"));
    browser.click("#unsent > summary");
    browser.click("#unsent tbody input");
    browser.follow(".pager button");
    browser.await("the outcome", () -> browser.has("#follow-up.good, #follow-up.bad"));
    assertThat(Axe.violations(browser)).isEmpty();
  }

  @Test
  void rejectedRowsOfAnOutboxAreFoundAndDecidedAbout() {
    browser.await("the notice", () -> browser.has("#outboxes"));
    assertThat(browser.text("#outboxes")).contains("3 rejected rows in the outbox shop");
    browser.follow("#outboxes a");
    assertThat(browser.text("#list")).contains("licence_created", "must be valid JSON");
    String row = "#list tbody tr:first-child ";
    String event = browser.text(row + "code");
    browser.click(row + "summary");
    assertThat(browser.text(row + "pre")).startsWith("{");
    assertThat(Axe.violations(browser)).isEmpty();
    String discard = "#list .pager button[formaction]";
    browser.follow(discard);
    assertThat(browser.text()).contains("Select 1 to 500 rows, or discard all.");
    browser.click(row + "input");
    browser.follow(discard);
    assertThat(browser.text("h1")).isEqualTo("Discard 1 rejected row?");
    assertThat(Axe.violations(browser)).isEmpty();
    browser.picture(PICTURES.resolve("outbox-discard-light.png"));
    browser.follow("main .actions a");
    assertThat(browser.text("#list")).contains(event);
    browser.click(row + "input");
    browser.follow("#list .pager button");
    assertThat(browser.text()).contains("1 row is moved back into the outbox");
    browser.await(
        "it is rejected again",
        () -> {
          browser.go(address + "/outboxes/shop");
          return browser.text("#list").contains(event);
        });
  }

  @Test
  void openPageShowsLiveUpdates() {
    browser.await("live", () -> browser.has("#live.on"));
    browser.eval("window.sameDocument = true");
    String before = browser.text("#tail");
    publish("customer_deleted");
    browser.await("a new attempt", () -> !browser.text("#tail").equals(before));
    assertThat(browser.eval("window.sameDocument").asBoolean()).isTrue();
  }

  @Test
  void everythingCanBeReadAndDoneWithoutScripts() {
    browser.scripts(false);
    for (String page : List.of("", "/server-properties", "/endpoints", "/deliveries", "/events")) {
      browser.go(address + SITE + page);
      assertThat(browser.text("h1")).isNotEmpty();
    }
    browser.go(address + SITE + "/deliveries?type=license_activated");
    browser.click("#pick-status summary");
    browser.click("#pick-status input[value='delivered']");
    browser.follow(".filterbar .apply");
    assertThat(browser.address()).contains("type=license_activated", "status=delivered");
    browser.follow("td a");
    browser.click("details.ask summary");
    browser.follow("details.ask button");
    assertThat(browser.has("#follow-up")).isTrue();
    browser.go(address + SITE + "/endpoints/new");
    browser.type("#url", receivers() + "/shop");
    browser.click("input[value='license_released']");
    browser.follow("main button.first");
    assertThat(browser.text()).contains("Test result", "HTTP 200");
    browser.follow("button[value='on']");
    assertThat(browser.text()).contains("The endpoint was created");
    confirmInMenu("remove");
  }

  @Test
  void aUserWhoSignedOutIsOut() {
    browser.follow(".who button");
    assertThat(browser.text("h1")).isEqualTo("Sign in");
    assertThat(Axe.violations(browser)).isEmpty();
    browser.picture(PICTURES.resolve("sign-in-light.png"));
    browser.go(address + SITE + "/deliveries");
    assertThat(browser.text("h1")).isEqualTo("Sign in");
    browser.type("#key", "hf_wrong");
    browser.follow("button.first");
    assertThat(browser.text()).contains("This is not a valid API key.");
    assertThat(Axe.violations(browser)).isEmpty();
    browser.forgive("401");
  }
}
