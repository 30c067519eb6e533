package dev.hookferry.http.console.site;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.http.console.ConsoleFixture;
import dev.hookferry.http.console.Person;
import dev.hookferry.http.console.Person.Shown;
import dev.hookferry.http.console.text.FormValues;
import dev.hookferry.id.SiteId;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PropertiesPageTest {
  private static final String PATH = "/sites/default/server-properties";
  private static final String CRM = "https://crm.example/hook";
  private static final String SETTINGS = "webHookMaxRetries=5&webHookRetryInterval=300";
  private static final String ON = SETTINGS + "&webHooksEnabled=on";
  private static final Pattern DRAFT = Pattern.compile("name=\"draft\" value=\"([^\"]+)\"");

  @RegisterExtension private final ConsoleFixture place = new ConsoleFixture();
  private final Person admin = place.admin();

  @Test
  void showsTheTwoSectionsThatQlmHas() {
    assertThat(admin.get(PATH).body())
        .contains("Webhook events", "Webhook settings")
        .contains("license_activated", "license_released", "a license is deactivated")
        .contains("webHookMaxRetries", "webHookRetryInterval", "webHookSecretKey")
        .contains("webHooksEnabled");
  }

  @Test
  void addsAUrlAfterReview() {
    admin.get(PATH);
    Shown review = admin.post(PATH, ON + "&add.license_created=" + FormValues.encoded(CRM));
    assertThat(review.body()).contains("Review changes", "A new endpoint for " + CRM);
    assertThat(properties().get("license_created")).isEqualTo("");
    assertThat(save(review).body()).contains("The server properties were saved.", CRM);
    assertThat(properties().get("license_created")).isEqualTo(CRM);
  }

  @Test
  void namesTheEndpointsAndFoldsAllButTheFirstFive() {
    for (int i = 0; i < 6; i++) {
      place.endpoint("https://c" + i + ".example/hook", "license_created");
    }
    EndpointSpec named = EndpointSpec.to("https://crm.example/in").description("Contoso");
    var unused =
        place.webhooks().endpoints().create(SiteId.DEFAULT, named.types("license_created"));
    assertThat(admin.get(PATH).body())
        .contains("<span dir=\"auto\">Contoso</span><span class=\"url tiny soft\">https://")
        .contains("<summary>2 more</summary>", "Remove<span class=\"visually-hidden\"> https://")
        .doesNotContain("and 2 more");
  }

  @Test
  void saysWhatRemovingTheLastUrlCancels() {
    place.endpoint(CRM, "license_created");
    admin.get(PATH);
    Shown review = admin.post(PATH, ON + "&remove.license_created=" + FormValues.encoded(CRM));
    assertThat(review.body()).contains("is removed. Its pending deliveries are cancelled");
    save(review);
    assertThat(properties().get("license_created")).isEqualTo("");
  }

  @Test
  void savingAnUnresolvableHostShowsAWarning() {
    place.transport.unresolvable("crn.example");
    admin.get(PATH);
    Shown review =
        admin.post(
            PATH, ON + "&add.license_created=" + FormValues.encoded("https://crn.example/x"));
    assertThat(save(review).body())
        .contains("were saved.</strong><p>Warning: the name crn.example does not resolve");
  }

  @Test
  void saysThatAWildcardBecomesAFixedList() {
    place.endpoint(CRM, "*");
    assertThat(admin.get(PATH).body()).contains("via *");
    Shown review = admin.post(PATH, ON + "&remove.license_created=" + FormValues.encoded(CRM));
    assertThat(review.body())
        .contains("Please check", "to * becomes a fixed list: event types that are added later are")
        .contains("is subscribed to license_activated, license_deleted");
    assertThat(save(review).body())
        .contains("were saved.</strong><p>Warning: the subscription of " + CRM);
  }

  @Test
  void warnsOfANameThatDoesNotResolve() {
    place.transport.unresolvable("crm.example");
    admin.get(PATH);
    Shown review = admin.post(PATH, ON + "&add.license_created=" + FormValues.encoded(CRM));
    assertThat(review.body()).contains("Please check", "crm.example does not resolve");
  }

  @Test
  void saysWhatFollowsFromTheSettings() {
    admin.get(PATH);
    assertThat(admin.post(PATH, SETTINGS).body()).contains("Nothing is sent: pending deliveries");
    assertThat(admin.post(PATH, ON + "&webHookSecretKey=s3cr3t-key").body())
        .contains("give it to the receivers")
        .doesNotContain("Nothing is sent", "keep the time");
    assertThat(admin.post(PATH, ON.replace("300", "30")).body()).contains("keep the time of their");
  }

  @Test
  void namesAllProblemsAndKeepsTheInput() {
    admin.get(PATH);
    Shown wrong =
        admin.post(
            PATH,
            "webHookMaxRetries=many&webHookRetryInterval=0&webHooksEnabled=on"
                + "&add.customer_created=ftp%3A%2F%2Fx.example");
    assertThat(wrong.status()).isEqualTo(400);
    assertThat(wrong.body())
        .contains("value=\"many\"", "enter a whole number from 0 to 1,000")
        .contains("value=\"ftp://x.example\"", "aria-invalid=\"true\"");
    assertThat(properties().get("webHookRetryInterval")).isEqualTo(300L);
  }

  @Test
  void saysThatUrlsAreSeparatedBySemicolons() {
    admin.get(PATH);
    Shown wrong =
        admin.post(
            PATH, ON + "&add.license_created=" + FormValues.encoded(CRM + ",https://b.example/"));
    assertThat(wrong.status()).isEqualTo(400);
    assertThat(wrong.body())
        .contains("value=\"" + CRM + ",https://b.example/\"", "write a semicolon instead");
    Shown review =
        admin.post(
            PATH, ON + "&add.license_created=" + FormValues.encoded(CRM + ";https://b.example/"));
    assertThat(review.body()).contains("Review changes", "A new endpoint for https://b.example/");
  }

  @Test
  void neverShowsTheSecretKey() {
    admin.get(PATH);
    Shown review = admin.post(PATH, ON + "&webHookSecretKey=s3cr3t-key");
    assertThat(review.body()).contains("another key").doesNotContain("s3cr3t-key");
    assertThat(save(review).body()).doesNotContain("s3cr3t-key");
    assertThat(properties().get("webHookSecretKey")).isEqualTo("********");
    Shown forget = admin.post(PATH, ON + "&forget.webHookSecretKey=on");
    save(forget);
    assertThat(properties().get("webHookSecretKey")).isEqualTo("");
  }

  @Test
  void savesNothingThatSomebodyElseChangedInBetween() {
    admin.get(PATH);
    Shown review = admin.post(PATH, SETTINGS);
    var unused =
        place
            .hookferry
            .webhooks()
            .settings()
            .update(SiteId.DEFAULT, s -> s.retry(r -> r.maxRetries(7)));
    assertThat(save(review).body()).contains("were changed in the meantime");
    assertThat(properties().get("webHooksEnabled")).isEqualTo(true);
  }

  @Test
  void aReviewWhoseSessionHasEndedIsShownAgain() {
    admin.get(PATH);
    Shown again = admin.post(PATH + "/save", "change.license_created=" + FormValues.encoded(CRM));
    assertThat(again.body()).contains("Review changes", "A new endpoint for " + CRM);
    assertThat(properties().get("license_created")).isEqualTo("");
    assertThat(save(again).body()).contains("The server properties were saved.", CRM);
  }

  @Test
  void savesAReviewOnce() {
    admin.get(PATH);
    Shown review = admin.post(PATH, SETTINGS);
    assertThat(save(review).body()).contains("were saved");
    assertThat(save(review).body()).contains("has expired");
  }

  private Shown save(Shown review) {
    Matcher draft = DRAFT.matcher(review.body());
    assertThat(draft.find()).as(review.body()).isTrue();
    return admin.post(PATH + "/save", "draft=" + draft.group(1));
  }

  private Map<String, Object> properties() {
    return place.hookferry.webhooks().settings().serverProperties(SiteId.DEFAULT);
  }
}
