package dev.hookferry.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.access.KeyText;
import dev.hookferry.app.client.ApiClient;
import dev.hookferry.app.demo.Demo;
import dev.hookferry.app.demo.DemoFinding;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * A console in the system's Chromium, signed in; each class opens it once. Errors and warnings of
 * the browser fail the test.
 */
@InChromium
abstract class OpenConsole {
  static final Path PICTURES = Path.of(System.getProperty("hookferry.pictures", "target/console"));
  static final String SITE = "/sites/default";
  private static final String KEY = KeyText.generate(new SecureRandom());

  private static Demo demo;
  private static Chromium chromium;
  static String address = "";

  final Browser browser = new Browser(chromium);

  /** Opens the console of a server on which the whole demo has run. */
  static void openDemo() throws IOException, InterruptedException {
    openEmpty();
    assertThat(demo.run()).isNotEmpty().allMatch(DemoFinding::passed);
    demo.fill();
  }

  /** Opens the console of a server that has no events yet. */
  static void openEmpty() throws IOException {
    demo = new Demo(0, KEY, line -> {});
    address = demo.access().getOrDefault("address", "");
    chromium = Chromium.start();
  }

  @AfterAll
  static void shut() {
    chromium.close();
    demo.close();
  }

  @BeforeEach
  void signIn() {
    browser.forgetCookies();
    signIn(KEY);
    assertThat(browser.address()).as("the site in most need").startsWith(address + "/sites/");
    browser.go(address + SITE);
  }

  final void signIn(String key) {
    browser.go(address + "/login");
    browser.type("#key", key);
    browser.follow("button.first");
  }

  @AfterEach
  void complains() {
    List<String> complaints = browser.complaints();
    browser.close();
    assertThat(complaints).isEmpty();
  }

  /** Where receivers are that endpoints can be registered for. */
  static String receivers() {
    return demo.access().getOrDefault("receivers", "");
  }

  static ApiClient client() {
    return new ApiClient(URI.create(address), KEY);
  }

  static void publish(String type) {
    client()
        .post(
            dev.hookferry.app.client.Path.ofSite("default", "events"),
            ("{\"type\":\"" + type + "\",\"data\":{}}").getBytes(StandardCharsets.UTF_8));
  }

  /** Where a link of a list leads. */
  final String first(String list, String link) {
    browser.go(address + list);
    return browser.eval("document.querySelector('main " + link + "').pathname").asText();
  }

  /** How far the page can be scrolled to the side. */
  final int overflow() {
    String root = "document.documentElement";
    return browser.eval(root + ".scrollWidth - " + root + ".clientWidth").asInt();
  }
}
