package dev.hookferry.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.app.client.Path;
import java.io.IOException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A user finds out why an ordered endpoint gets nothing, and unblocks its keys. */
class ConsoleOrderTest extends OpenConsole {
  @BeforeAll
  static void open() throws IOException {
    openEmpty();
  }

  @Test
  void blockedKeysAreFoundAndRetriedOrSkipped() {
    ObjectNode endpoint = JsonNodeFactory.instance.objectNode().put("uid", "erp");
    endpoint.put("url", receivers() + "/archive").put("order", "by-key");
    endpoint.putArray("eventTypes").add("*");
    endpoint.putObject("retry").put("maxRetries", 0).put("intervalSeconds", 60);
    var unused = client().post(Path.ofSite("default", "endpoints"), endpoint);
    for (String key : new String[] {"license-1", "license-2"}) {
      for (int i = 0; i < 3; i++) {
        publishWith(key);
      }
    }
    browser.go(address + SITE + "/endpoints");
    browser.follow("main tbody td.wide a");
    browser.await("two blocked keys", () -> rows("#blocked").contains("license-2"));
    browser.awaitText("license-1");
    assertThat(browser.text("#blocked tbody tr .num")).isEqualTo("2");
    assertThat(Axe.violations(browser)).isEmpty();
    browser.picture(PICTURES.resolve("endpoint-blocked-light.png"));

    skipTheFirst();
    var unusedEither =
        client()
            .patch(
                Path.ofSite("default", "endpoints", "erp"),
                JsonNodeFactory.instance.objectNode().put("url", receivers() + "/crm"));
    retryAll();
  }

  private void publishWith(String key) {
    ObjectNode event = JsonNodeFactory.instance.objectNode().put("type", "license_created");
    event.put("orderingKey", key).putObject("data");
    var unused = client().post(Path.ofSite("default", "events"), event);
  }

  private String rows(String selector) {
    return browser.text(selector + " tbody");
  }

  /** The next event of the key fails as well, and one less waits. */
  private void skipTheFirst() {
    String key = browser.text("#blocked tbody tr code");
    browser.follow("#blocked tbody tr a");
    assertThat(browser.text("main")).contains("blocks its ordering key");
    browser.click("summary:has(+ form[action$='/skip'])");
    browser.follow("form[action$='/skip'] button");
    browser.awaitText("given up");
    browser.go(address + SITE + "/endpoints");
    browser.follow("main tbody td.wide a");
    browser.await(
        "one less", () -> browser.text("#blocked").matches("(?s).*" + key + ".*\\b1\\b.*"));
  }

  private void retryAll() {
    for (int left = 2; left > 0; left--) {
      browser.go(address + SITE + "/endpoints");
      browser.follow("main tbody td.wide a");
      browser.follow("#blocked tbody tr a");
      browser.follow("form[action$='/retry'] button.first");
      browser.awaitText("delivered");
    }
    browser.go(address + SITE + "/endpoints");
    browser.follow("main tbody td.wide a");
    assertThat(browser.has("#blocked table")).isFalse();
    browser.await(
        "all delivered", () -> rows("#deliveries").split("HTTP \\d+ in [^,\n]+,", -1).length == 6);
  }
}
