package dev.hookferry.http.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.Poll;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.id.SiteId;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An endpoint whose URL is wrong: only another URL helps, so that is offered first. */
class WrongUrlPagesTest {
  private static final String SITE = "/sites/default";
  private static final String CRM = "https://crm.example/hook";

  @RegisterExtension private final ConsoleFixture place = new ConsoleFixture();
  private final Person admin = place.admin();

  @Test
  void suggestsEditingTheUrlOfAGoneEndpoint() {
    Endpoint endpoint = place.endpoint(CRM, "license_created");
    place.transport.responding(CRM, 410);
    place.publish("license_created", "{}");
    Poll.until(() -> admin.get(page(endpoint)).body().contains("id=\"resume\""));
    place.publish("license_created", "{}");
    Poll.until(() -> place.deliveries().size() == 2);

    String edit = "<a class=\"button first\" href=\"" + page(endpoint) + "/edit#url\">Edit URL";
    assertThat(admin.get(page(endpoint)).body())
        .containsSubsequence(
            edit + "</a>",
            "<details class=\"ask calm\" id=\"resume\"><summary>Resume…",
            "The URL returned HTTP 410 Gone. Test the URL before you resume",
            "formaction=\"" + page(endpoint) + "/test\" name=\"type\" value=\"test\">Send test",
            "<button>Resume and send ");
    assertThat(admin.get(page(endpoint) + "/edit").body()).contains("id=\"url\"");
    assertThat(admin.get(SITE + "/problems").body())
        .containsSubsequence(edit, ">Resume…<span", "Deliveries<span", ">Mute for 1 hour<")
        .doesNotContain(">Edit</a>");
  }

  @Test
  void suggestsEditingTheUrlAfter404OrDnsErrors() {
    Endpoint endpoint = place.endpoint(CRM, "license_created");
    place.transport.responding(CRM, 404);
    failTenTimes();
    Poll.until(() -> admin.get(page(endpoint)).body().contains("Failing since"));
    assertThat(admin.get(page(endpoint)).body())
        .contains("/edit#url\">Edit URL</a>")
        .doesNotContain("id=\"resume\"");

    String other = "https://typo.example/hook";
    Endpoint unknown = place.endpoint(other, "license_created");
    Outcome none = Outcome.failed(OutcomeKind.DNS_ERROR, "no such host", Duration.ZERO);
    place.transport.responding(other, n -> none);
    failTenTimes();
    Poll.until(() -> admin.get(page(unknown)).body().contains("Failing since"));
    assertThat(admin.get(page(unknown)).body()).contains("/edit#url\">Edit URL</a>");
  }

  @Test
  void doesNotSuggestEditingTheUrlAfterOtherFailures() {
    Endpoint endpoint = place.endpoint(CRM, "license_created");
    place.transport.responding(CRM, 500);
    failTenTimes();
    Poll.until(() -> admin.get(page(endpoint)).body().contains("Failing since"));
    assertThat(admin.get(page(endpoint)).body()).doesNotContain("Edit URL");
    assertThat(admin.get(SITE + "/problems").body()).contains(">Edit</a>");
  }

  @Test
  void theOverviewOffersTheProblemsBeforeARetryThatCannotHelp() {
    var unused =
        place.webhooks().settings().changeByName(SiteId.DEFAULT, Map.of("webHookMaxRetries", 0));
    place.endpoint(CRM, "license_created");
    place.transport.responding(CRM, 500);
    failTenTimes();
    Poll.until(() -> admin.get(SITE).body().contains("is not working</b>"));
    Poll.until(() -> admin.get(SITE).body().contains(">Retry 10 given-up deliveries…</a>"));
    assertThat(admin.get(SITE).body())
        .containsPattern("<a class=\"button first\" href=\"[^\"]*/problems\">View problems</a>")
        .containsPattern("<a class=\"button\" href=\"[^\"]*\">Retry 10 given-up deliveries…</a>");
  }

  private static String page(Endpoint endpoint) {
    return SITE + "/endpoints/" + endpoint.id();
  }

  private void failTenTimes() {
    for (int i = 0; i < 10; i++) {
      place.publish("license_created", "{}");
    }
  }
}
