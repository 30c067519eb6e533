package dev.hookferry.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.app.client.ApiClient;
import dev.hookferry.app.client.Path;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The console of a site that is large and in trouble: many endpoints, long URLs, a backlog. */
class ConsoleScaleTest extends OpenConsole {
  private static final String BIG = "/sites/big";
  private static final int ENDPOINTS = Integer.getInteger("console.endpoints", 150);

  /** The demo's pages have the same elements, and are judged in every build. */
  private static final boolean THOROUGH = Boolean.getBoolean("thorough");

  private static final int LOST = 4;
  private static final int TALLEST = 9_000;
  private static final String LONG =
      "/tenants/%04d/regions/europe-west-1/integrations/license-management/webhooks/incoming"
          + "?token=0123456789abcdef0123456789abcdef0123456789abcdef";

  /** Nobody listens there. */
  private static final String REFUSED =
      "http://127.0.0.1:1/customer-relationship-management/api/v2/webhooks/licence-server/incoming";

  private static String failing = "";
  private static String event = "";

  @BeforeAll
  static void open() throws IOException {
    openEmpty();
    ApiClient client = client();
    client.post(Path.of("sites"), JsonNodeFactory.instance.objectNode().put("id", "big"));
    client.patch(site("settings"), object().put("webHookMaxRetries", 0));
    for (int i = 0; i < ENDPOINTS; i++) {
      String text = i % 50 == 0 ? "العميل رقم " + i : "Tenant " + i;
      add(client, receivers() + LONG.formatted(i), "license_created", 0, text);
    }
    add(client, REFUSED + "/lost", "license_released", 0, "gives up at once");
    failing = add(client, REFUSED, "license_deleted", 5, "a very patient customer");
    client.patch(
        site("endpoints", add(client, REFUSED + "/paused", "*", 5, "on holiday")),
        object().put("enabled", false));
    for (int i = 0; i < 14; i++) {
      publish(client, "license_deleted");
    }
    // So few that the endpoint never backs off: each of its deliveries is exhausted at once.
    for (int i = 0; i < LOST; i++) {
      publish(client, "license_released");
    }
    event = publish(client, "license_created");
  }

  @Test
  void everyPageFitsAndTellsWhatIsSo() {
    browser.go(address + BIG);
    // Whether its time has come already depends on how fast this machine is.
    browser.await(
        "the back-off",
        () -> look("", "main").matches("(?s).*(backing off|one request at a time).*"));
    browser.await(
        "the backlog",
        () ->
            look("", "#headline")
                .matches(
                    "(?s).* of "
                        + (ENDPOINTS + 3)
                        + " endpoints (is|are) not working.*"
                        + LOST
                        + "( deliveries)? (to .*)?(were )?given up.*"));
    browser.await(
        "deliveries",
        () ->
            look("/events/" + event, "#targets header").matches("(?s).*\\b" + ENDPOINTS + "\\s.*"));
    List<String> violations = new ArrayList<>();
    for (Map.Entry<String, String> page : pages().entrySet()) {
      browser.go(address + page.getValue());
      if (THOROUGH) {
        violations.addAll(Axe.violations(browser));
      }
      browser.picture(PICTURES.resolve("big-" + page.getKey() + ".png"));
      assertThat(overflow()).as(page.getKey() + " fits a screen").isZero();
      assertThat(height()).as(page.getKey() + " can be overlooked").isLessThan(TALLEST);
      browser.size(400, 800);
      assertThat(overflow()).as(page.getKey() + " fits a phone").isZero();
      browser.picture(PICTURES.resolve("big-" + page.getKey() + "-phone.png"));
      browser.size(1280, 900);
    }
    assertThat(violations).isEmpty();
  }

  @Test
  void anEndpointIsFoundByAPartOfItsUrlAsItIsTyped() {
    browser.go(address + BIG + "/deliveries");
    browser.type("#endpoint", "tenants/0149");
    browser.await("a suggestion", () -> browser.has("#endpoint-list option[value*='/0149/']"));
    browser.press("Enter");
    browser.await("the filter", () -> browser.address().contains("endpoint="));
    browser.await("the list", () -> !browser.text("#list").contains("/0148/"));
    assertThat(browser.text("#list")).contains("license_created");
  }

  @Test
  void shownTimesKeepCounting() {
    browser.go(address + BIG + "/endpoints/" + failing);
    String time = "#deliveries tbody tr:last-child td[data-label=Created]";
    String before = browser.text(time);
    browser.await("another second", () -> !browser.text(time).equals(before));
  }

  private Map<String, String> pages() {
    Map<String, String> pages = new LinkedHashMap<>();
    pages.put("overview", BIG);
    pages.put("server-properties", BIG + "/server-properties");
    pages.put("endpoints", BIG + "/endpoints");
    pages.put("endpoint", BIG + "/endpoints/" + failing);
    pages.put("deliveries", BIG + "/deliveries");
    pages.put("deliveries-exhausted", BIG + "/deliveries?status=exhausted");
    pages.put("delivery", first(BIG + "/deliveries?status=pending", "td a"));
    pages.put("delivery-exhausted", first(BIG + "/deliveries?status=exhausted", "td a"));
    pages.put("delivery-held", first(BIG + "/deliveries?status=held", "td a"));
    pages.put("events", BIG + "/events");
    pages.put("event", BIG + "/events/" + event);
    pages.put("retry-queue", BIG + "/retry-queue");
    pages.put("retry-queue-held", BIG + "/retry-queue?state=held");
    pages.put("replays", BIG + "/replays");
    pages.put("find", BIG + "/find?q=" + event);
    pages.put("find-none", BIG + "/find?q=nowhere");
    pages.put("site-remove", BIG + "/remove");
    return pages;
  }

  private String look(String page, String selector) {
    browser.go(address + BIG + page);
    return browser.text(selector);
  }

  private int height() {
    return browser.eval("document.documentElement.scrollHeight").asInt();
  }

  private static String add(
      ApiClient client, String url, String type, int retries, String description) {
    ObjectNode endpoint = object().put("url", url).put("description", description);
    endpoint.putArray("eventTypes").add(type);
    endpoint
        .putObject("retry")
        .put("maxRetries", retries)
        .put("intervalSeconds", 300)
        .put("backoff", "fixed");
    return client.post(site("endpoints"), endpoint).path("id").asText();
  }

  private static String publish(ApiClient client, String type) {
    byte[] body =
        ("{\"type\":\"" + type + "\",\"data\":{\"FullName\":\"עברית\"}}")
            .getBytes(StandardCharsets.UTF_8);
    JsonNode receipt = client.post(site("events"), body);
    return receipt.path("id").asText();
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  private static Path site(String... segments) {
    return Path.ofSite("big", segments);
  }
}
