package dev.hookferry.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.event.Payload;
import dev.hookferry.signing.QlmSignature;
import dev.hookferry.store.archive.ArchiveSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tasks on the console other than viewing endpoints and deliveries, as users do them. */
class ConsoleTasksTest extends OpenConsole {
  private static final String DONE = "main button.first";

  @BeforeAll
  static void open() throws IOException, InterruptedException {
    openDemo();
  }

  @Test
  void anEventIsFoundFromAnyPageByATextInIt() {
    browser.follow("nav a[href='/keys']");
    browser.press("/");
    browser.type("Ingrid");
    browser.pressToLeave("Enter");
    assertThat(browser.text("h1")).isEqualTo("Find");
    assertThat(browser.eval("document.querySelector('#find').value").asText()).isEqualTo("Ingrid");
    assertThat(browser.text()).contains("Accepted", "elivered");
    browser.follow("main a[href*='/events/']");
    assertThat(browser.text(".json")).contains("Ingrid");
  }

  @Test
  void anEventIsWrittenCheckedPublishedAndFollowed() {
    browser.follow("nav a[href$='/send']");
    browser.type("#data", "{\"ActivationKey\":");
    browser.await("a complaint", () -> browser.text("#data-check").contains("Not valid JSON yet"));
    browser.follow(DONE);
    assertThat(browser.text()).contains("Please correct the following");
    assertThat(Axe.violations(browser)).isEmpty();
    browser.type("#data", "{\"ActivationKey\":\"by-hand\",\"Rate\":1.10}");
    browser.await("content", () -> browser.text("#data-check").contains("Valid JSON."));
    browser.follow(DONE);
    assertThat(browser.text()).contains("Published: evt_");
    assertThat(browser.text(".json")).contains("by-hand", "1.10");
    browser.await("a delivery", () -> browser.text("main").contains("delivered"));
    browser.forgive("400");
  }

  @Test
  void choosingATypeLoadsItsRecipientsAndPayloadUnlessEdited() {
    browser.follow("nav a[href$='/send']");
    chooseType("customer_created");
    browser.await(
        "its recipients", () -> browser.text("#recipients").startsWith("customer_created goes to"));
    String data = "document.querySelector('#data').value";
    assertThat(browser.eval(data).asText()).contains("Ingrid").doesNotContain("Duration");
    assertThat(browser.text("#data-origin")).startsWith("Payload of the newest customer_created");
    chooseType("license_created");
    browser.await(
        "its payload",
        () -> browser.text("#data-origin").startsWith("Payload of the newest license_created"));
    assertThat(browser.eval(data).asText()).doesNotContain("CustomerID");
    assertThat(Axe.violations(browser)).isEmpty();
    browser.type("#data", "{\"mine\":1}");
    chooseType("customer_created");
    browser.await(
        "the recipients", () -> browser.text("#recipients").startsWith("customer_created goes to"));
    assertThat(browser.eval(data).asText()).isEqualTo("{\"mine\":1}");
    assertThat(browser.text("#data-origin")).isEmpty();
  }

  private void chooseType(String type) {
    browser.eval(
        "(type => { type.value = '"
            + type
            + "'; type.dispatchEvent(new Event('change', { bubbles: true })); })"
            + "(document.querySelector('#type'))");
  }

  @Test
  void theMasterKeyIsRotatedWithoutAScript() {
    String seals = "seals new secrets";
    browser.scripts(false);
    browser.go(address + "/system");
    assertThat(browser.text()).contains(seals).doesNotContain("no longer needed");
    browser.click("#rotate summary");
    browser.follow("#rotate button");
    assertThat(browser.text())
        .contains("are encrypted with the newest master key.", seals, "no longer needed")
        .contains("Every secret is encrypted with the newest master key.")
        .as("only what was set is listed at once")
        .contains("adminKey")
        .doesNotContain("storeTablePrefix");
    browser.scripts(true);
    browser.go(address + "/system");
    assertThat(Axe.violations(browser)).isEmpty();
    browser.picture(PICTURES.resolve("master-key-rotated-light.png"));
  }

  @Test
  void acceptsAValidSignatureAndRejectsAWrongOne() {
    String body = "{\"EventType\":\"license_created\"}";
    browser.follow("nav a[href$='/verify']");
    browser.type("#body", body);
    browser.type("#headers", "X-QLM-Signature: " + QlmSignature.of(Payload.of(body), "s3cr3t"));
    browser.type("#secret", "s3cr3t");
    browser.follow(DONE);
    assertThat(browser.text()).contains("Matches", "The message is authentic");
    assertThat(Axe.violations(browser)).isEmpty();
    browser.type("#body", body + "x");
    browser.type("#secret", "s3cr3t");
    browser.follow(DONE);
    assertThat(browser.text()).contains("Does not match", "No signature matches.");
    assertThat(Axe.violations(browser)).isEmpty();
  }

  @Test
  void aReplayIsReviewedBegunPausedAndCancelled() {
    browser.follow("nav a[href$='/replays']");
    browser.eval("document.querySelector('#since').value = '2026-01-01T00:00'");
    browser.type("#rate", "1");
    browser.eval("document.querySelector('#status').value = 'delivered'");
    browser.follow(DONE);
    assertThat(browser.text())
        .contains(
            "Nothing has been sent yet.",
            "Choose by status",
            "The receivers already have these",
            "By endpoint",
            "at 1 per second");
    assertThat(Axe.violations(browser)).isEmpty();
    browser.picture(PICTURES.resolve("replay-review-light.png"));
    browser.follow(DONE);
    assertThat(browser.text()).contains("Replay started");
    browser.await("progress", () -> !browser.text("main").contains("\n0 of"));
    assertThat(Axe.violations(browser)).isEmpty();
    browser.picture(PICTURES.resolve("replay-light.png"));
    browser.follow("form[action$='/pause'] button");
    assertThat(browser.text()).contains("The replay was paused.");
    browser.follow("form[action$='/resume'] button");
    assertThat(browser.text()).contains("The replay was resumed.");
    browser.click("details.ask summary");
    browser.await("a question", () -> browser.text().contains("The replay ends here"));
    browser.follow("form[action$='/cancel'] button");
    assertThat(browser.text()).contains("The replay was cancelled.", "Report");
    browser.go(address + SITE + "/replays");
    assertThat(browser.text("main tbody")).contains("cancelled");
  }

  @Test
  void waitingDeliveriesAreRetriedOrCancelled() {
    browser.follow("nav a[href$='/retry-queue']");
    browser.click("tbody input");
    browser.follow(".pager button");
    assertThat(browser.text()).contains("Retrying 1 delivery");
    browser.go(address + SITE + "/retry-queue?state=held");
    browser.click("tbody input");
    browser.follow(".pager button.danger");
    assertThat(browser.text("h1")).isEqualTo("Cancel 1 delivery?");
    assertThat(Axe.violations(browser)).isEmpty();
    browser.picture(PICTURES.resolve("retry-queue-cancel-light.png"));
    browser.follow("main button.danger");
    assertThat(browser.text()).contains("1 delivery cancelled.");
  }

  @Test
  void aKeyIsMadeShownOnceUsedAndRevoked() {
    browser.follow("nav a[href='/keys']");
    browser.type("#name", "shop <server>");
    browser.click("input[value='publish']");
    browser.click("input[value='read']");
    browser.follow(DONE);
    assertThat(browser.text()).contains("Key “shop <server>” created", "cannot be shown again");
    assertThat(Axe.violations(browser)).isEmpty();
    String key = browser.text("#fresh");
    browser.go(address + "/keys");
    assertThat(browser.text()).contains("shop <server>").doesNotContain(key);
    String revoke =
        browser
            .eval(
                "[...document.querySelectorAll('tbody tr')].find(row =>"
                    + " row.innerText.includes('shop')).querySelector('td.num a').pathname")
            .asText();
    browser.follow(".who button");
    signIn(key);
    assertThat(browser.has("nav a[href$='/deliveries']")).isTrue();
    browser.go(address + SITE + "/endpoints");
    assertThat(browser.text("main")).doesNotContain("Add an endpoint");
    browser.follow(".who button");
    signIn();
    browser.go(address + revoke);
    browser.follow("main button.danger");
    assertThat(browser.text()).contains("The key “shop <server>” was revoked");
    browser.follow(".who button");
    signIn(key);
    assertThat(browser.text()).contains("This is not a valid API key.");
    browser.forgive("401");
  }

  @Test
  void aSiteIsMadeAndRemovedByItsName() {
    browser.follow("nav a[href='/sites']");
    browser.type("#id", "Shop 2");
    browser.follow(DONE);
    assertThat(browser.text()).contains("Please correct the following");
    browser.type("#id", "shop-2");
    browser.follow(DONE);
    assertThat(browser.text()).contains("The site was created.");
    browser.go(address + "/sites/shop-2/endpoints");
    assertThat(browser.text("h1")).isEqualTo("Endpoints");
    browser.go(address + "/sites");
    browser.click("#menu-shop-2 > summary");
    browser.follow("a[href='/sites/shop-2/remove']");
    assertThat(browser.text()).contains("Remove the site shop-2?", "This removes");
    assertThat(Axe.violations(browser)).isEmpty();
    browser.picture(PICTURES.resolve("site-remove-light.png"));
    browser.type("#name", "shop");
    browser.follow("main button.danger");
    assertThat(browser.text("h1")).isEqualTo("Remove the site shop-2?");
    browser.type("#name", "shop-2");
    browser.follow("main button.danger");
    assertThat(browser.text()).contains("The site shop-2 was removed.");
    browser.forgive("400");
  }

  @Test
  void aBackupIsDownloaded(@TempDir Path folder) throws IOException {
    browser.downloadTo(folder);
    browser.follow("nav a[href='/system']");
    browser.click("form[action='/system/backup'] button");
    browser.await("an archive", () -> !archives(folder).isEmpty());
    try (ArchiveSource archive = ArchiveSource.open(archives(folder).get(0))) {
      assertThat(archive.origin().deliveries()).isPositive();
    }
    assertThat(browser.text("h1")).isEqualTo("System");
    assertThat(Axe.violations(browser)).isEmpty();
    assertThat(client().get(dev.hookferry.app.client.Path.of("audit")).at("/data/0/action"))
        .hasToString("\"backup.taken\"");
  }

  /** Chromium creates an empty file of the final name first. */
  private static List<Path> archives(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".hfa") && file.toFile().length() > 0)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
