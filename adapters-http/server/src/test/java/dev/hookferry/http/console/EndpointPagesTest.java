package dev.hookferry.http.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.Certificate;
import dev.hookferry.contract.support.Poll;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.http.console.Person.Shown;
import dev.hookferry.http.console.text.EndpointWords;
import dev.hookferry.http.console.text.FormValues;
import dev.hookferry.http.console.text.ReceiverSnippets;
import dev.hookferry.id.SiteId;
import dev.hookferry.observe.EgressState;
import dev.hookferry.query.PageRequest;
import dev.hookferry.transport.Egresses;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class EndpointPagesTest {
  private static final String LIST = "/sites/default/endpoints";
  private static final String CRM = "https://crm.example/hook";
  private static final String NEW =
      "url=" + FormValues.encoded(CRM) + "&type=license_created&patterns=customer_*&signature=qlm";

  private static final Pattern SECRET = Pattern.compile("id=\"secret\">(whsec_[^<]+)<");
  private static final Pattern COUNT =
      Pattern.compile("(\\d+) failures in a row|<b>(\\d+)</b><span>Failures in a row");
  private static final Pattern DRAFT = Pattern.compile("name=\"draft\" value=\"([^\"]+)\"");

  @RegisterExtension private final ConsoleFixture place = new ConsoleFixture();
  private final Person admin = place.admin();

  @Test
  void aNewOneIsPausedAndShowsItsSecretOnce() {
    Shown made = admin.post(LIST, NEW);
    assertThat(made.body())
        .contains("paused: it gets only tests", "whsec_", "then resume the endpoint.")
        .doesNotContain("<strong>Paused", "Events accepted earlier");
    Endpoint endpoint = only();
    assertThat(endpoint.enabled()).isFalse();
    assertThat(EndpointWords.types(endpoint)).isEqualTo("license_created, customer_*");
    String page = LIST + "/" + endpoint.id();
    place.transport.responding(CRM, 200);
    assertThat(admin.post(page + "/test", "type=test").body())
        .contains("Test result", "shown only once", "whsec_");
    assertThat(admin.get(page + "?dismiss=yes").body()).doesNotContain("shown only once");
    assertThat(admin.get(page).body())
        .contains("<title>" + CRM + " · Hookferry</title>")
        .doesNotContain("shown only once", "whsec_");
  }

  @Test
  void thePageTellsWhenASignatureEnds() {
    String github = FormValues.encoded("github until=2026-01-01T12:10:00Z");
    admin.post(LIST, NEW + "&signature=standard&signatures=" + github);
    assertThat(admin.get(page()).body())
        .contains("github until=2026-01-01T12:10:00Z (no timestamp) (ends in 10 min)");
    place.clock.advance(Duration.ofMinutes(20));
    assertThat(admin.get(page()).body()).contains("(ended 10 min ago)");
  }

  @Test
  void forbiddenUrlIsRefusedAtItsField() {
    place.transport.refusing("crm.example");
    Shown refused = admin.post(LIST, NEW);
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body())
        .contains("Please correct the following", "value=\"" + CRM + "\"")
        .containsPattern("id=\"url\"[^>]*aria-invalid=\"true\"");
    assertThat(all()).isEmpty();
  }

  @Test
  void onlyDefinedEgressesCanBeChosen() {
    assertThat(admin.get(LIST + "/new").body()).doesNotContain("name=\"egress\"");
    place.transport.offering(new Egresses(List.of(EgressState.unused("eu", List.of())), "eu"));
    assertThat(admin.get(LIST + "/new").body()).contains("<option value=\"eu\">eu</option>");
    assertThat(admin.post(LIST, NEW + "&egress=us").body())
        .contains("enter an egress that the operator has defined: eu");
    admin.post(LIST, NEW + "&egress=eu");
    Endpoint endpoint = only();
    assertThat(endpoint.egress()).isEqualTo("eu");
    assertThat(admin.get(LIST + "/" + endpoint.id()).body()).contains("eu (own setting)");

    // It is shown, and can be kept, although it is gone.
    place.transport.offering(Egresses.NONE);
    assertThat(admin.get(LIST + "/" + endpoint.id() + "/edit").body())
        .contains("<option value=\"eu\" selected>eu</option>");
    admin.post(LIST + "/" + endpoint.id() + "/edit", NEW + "&egress=eu&description=CRM");
    assertThat(only().description()).isEqualTo("CRM");
    admin.post(LIST + "/" + endpoint.id() + "/edit", NEW + "&egress=");
    assertThat(only().egress()).isNull();
  }

  @Test
  void aNameThatDoesNotResolveIsAWarning() {
    place.transport.unresolvable("crm.example");
    assertThat(admin.post(LIST, NEW).body())
        .contains("Please check: the name crm.example does not resolve");
  }

  @Test
  void endpointIsTestedBeforeAnythingIsSaved() {
    Shown tried = admin.post(LIST + "/try", NEW + "&signature=standard");
    assertThat(tried.body())
        .contains("requests to its address are allowed", "Test result", "HTTP 200", "whsec_")
        .contains("nothing is saved");
    assertThat(all()).isEmpty();
    String secret = secret(tried);

    place.transport.responding(CRM, 500);
    Shown again = admin.post(LIST + "/try", draft(tried));
    assertThat(again.body())
        .contains("HTTP 500", "Check the signature")
        .contains(
            "const secret = '" + secret + "';</pre>",
            "The name resolves, and requests to its address are allowed.",
            "webhook-signature: v1,")
        .containsSubsequence("Test result", "<code id=\"secret\">", "const secret = '")
        .as("what is not saved stays open")
        .contains("/verify\" target=\"_blank\" rel=\"noopener\"");
    assertThat(secret(again)).isEqualTo(secret);

    place.transport.responding(
        CRM, n -> Outcome.failed(OutcomeKind.DNS_ERROR, "no such host", Duration.ZERO));
    assertThat(admin.post(LIST + "/try", draft(again)).body())
        .contains("no test could be sent", "No test could be sent. The host name in the URL")
        .doesNotContain("Check the signature", "only a test was sent", "whsec_");
    place.transport.responding(CRM, 500);
    Shown form = admin.post(LIST + "/new", draft(again));
    assertThat(form.body())
        .contains("value=\"" + CRM + "\"", "customer_*")
        .contains("maxlength=\"2048\"", "maxlength=\"500\"")
        .contains("after the first attempt: 0 to 1000. Seconds between attempts: 1 to 86400.");
    Shown changed =
        admin.post(LIST + "/try", NEW + "&signature=standard&patterns=*&" + draft(form));
    assertThat(secret(changed)).isEqualTo(secret);

    assertThat(admin.post(LIST, draft(changed) + "&enabled=on").body())
        .contains("The endpoint was created", secret);
    assertThat(only().enabled()).isTrue();
    assertThat(admin.post(LIST, draft(changed)).body()).contains("This draft has expired");
    assertThat(all()).hasSize(1);
  }

  @Test
  void testedEndpointIsCreatedPausedOnRequest() {
    Shown tried = admin.post(LIST + "/try", NEW);
    assertThat(admin.post(LIST, draft(tried) + "&enabled=off").body())
        .containsPattern("<button>Send test</button></form>\\s*<a [^>]*/edit")
        .containsSubsequence(
            "send a test, then resume",
            "<button class=\"first\">Send test</button>",
            "<button>Resume</button>");
    assertThat(admin.get(LIST + "/new").body()).containsPattern("id=\"url\"[^>]* autofocus");
    assertThat(only().enabled()).isFalse();
  }

  @Test
  void trialOfAForbiddenUrlIsRefusedAtItsField() {
    place.transport.refusing("crm.example");
    Shown refused = admin.post(LIST + "/try", NEW);
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body()).containsPattern("id=\"url\"[^>]*aria-invalid=\"true\"");
    assertThat(place.transport.requests()).isEmpty();
  }

  @Test
  void unsentTrialSaysWhy() {
    var unused =
        place
            .hookferry
            .webhooks()
            .settings()
            .changeByName(SiteId.DEFAULT, java.util.Map.of("webHooksEnabled", false));
    assertThat(admin.post(LIST + "/try", NEW).body())
        .contains("No test was sent", "webHooksEnabled is false", "Create paused");
    assertThat(admin.post(LIST + "/try", "draft=99").body()).contains("has expired");
    assertThat(admin.post(LIST + "/new", "draft=99").body()).contains("has expired");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String secret(Shown shown) {
    Matcher secret = SECRET.matcher(shown.body());
    assertThat(secret.find()).as(shown.body()).isTrue();
    return secret.group(1);
  }

  private static String draft(Shown shown) {
    Matcher draft = DRAFT.matcher(shown.body());
    assertThat(draft.find()).as(shown.body()).isTrue();
    return "draft=" + draft.group(1);
  }

  @Test
  void aTestIsSentWhileItIsPausedAndItsAnswerShown() {
    place.transport.responding(CRM, 410);
    admin.post(LIST, NEW);
    assertThat(admin.post(page() + "/test", "").body())
        .contains("Test result", "HTTP 410", "no longer exists", "Check the signature");
    assertThat(admin.get(page()).body()).doesNotContain("Test result");
  }

  @Test
  void itGetsAScheduleAndLimitsOfItsOwn() {
    admin.post(LIST, NEW);
    assertThat(admin.post(page() + "/edit", NEW).body()).contains("15 s (server setting)");
    assertThat(admin.post(page() + "/edit", NEW + "&schedule=5s,+1m+2h&rate=10/s").body())
        .contains("after 5 s, 60 s, 2 h (own setting)", "10/s (own setting), 64 at once");
    assertThat(admin.get(page() + "/edit").body())
        .contains("name=\"schedule\" value=\"5s, 1m, 2h\"", "name=\"rate\" value=\"10/s\"");
    assertThat(admin.post(page() + "/edit", NEW + "&schedule=5s&maxRetries=2").body())
        .contains("must be empty if retries, interval or back-off are given");
    assertThat(admin.post(page() + "/edit", NEW + "&rate=fast&concurrency=0").body())
        .contains("enter a rate such as 10/s", "enter a whole number from 1 to 1,000");
  }

  @Test
  void itAuthenticatesToTheReceiver() {
    admin.post(LIST, NEW);
    String bearer = "&auth=%7B%22bearer%22%3A%7B%22token%22%3A%22s3cret%22%7D%7D";
    assertThat(admin.post(page() + "/edit", NEW + bearer).body())
        .contains("bearer token=********")
        .doesNotContain("s3cret");
    assertThat(admin.get(page() + "/edit").body())
        .contains("{\"bearer\":{\"token\":\"********\"}}</textarea>");
    String masked = "&auth=%7B%22bearer%22%3A%7B%22token%22%3A%22********%22%7D%7D";
    assertThat(admin.post(page() + "/edit", NEW + masked).body()).contains("Nothing was changed");
    assertThat(only().auth()).isNotNull();
    assertThat(admin.post(page() + "/edit", NEW + "&auth=Bearer+x").body())
        .contains("auth: must be JSON such as");
    assertThat(admin.post(page() + "/edit", NEW + "&auth=%7B%22basic%22%3A%7B%7D%7D").body())
        .contains("auth.basic.username: is missing");
    assertThat(admin.post(page() + "/edit", NEW + "&certificate=x&privateKey=y").body())
        .contains("clientCertificate.certificate: must hold 1 to 10 certificates in PEM");
    String pair =
        "&certificate="
            + encoded(Certificate.GOOD.pem())
            + "&privateKey="
            + encoded(Certificate.GOOD.keyPem());
    assertThat(admin.post(page() + "/edit", NEW + pair).body())
        .contains("CN=good.example.com, expires ")
        .doesNotContain("PRIVATE KEY-----\n");
    String kept = "&certificate=" + encoded(Certificate.GOOD.pem()) + "&privateKey=********";
    assertThat(admin.post(page() + "/edit", NEW + kept).body()).contains("Nothing was changed");
    assertThat(only().tls().isDefault()).isFalse();
    admin.post(page() + "/edit", NEW + "&auth=");
    assertThat(only().tls().isDefault()).isTrue();
    assertThat(only().auth()).isNull();
  }

  @Test
  void endpointIsResumedChangedAndGivenANewSecret() {
    admin.post(LIST, NEW);
    assertThat(admin.post(page() + "/resume", "").body())
        .contains("<strong>Resumed</strong><p>No deliveries were waiting.");
    assertThat(only().enabled()).isTrue();
    assertThat(admin.post(page() + "/pause", "").body()).contains("<strong>Paused");
    String changed =
        NEW
            + "&maxRetries=3&interval=60&backoff=exponential&header-name-0=X-Team&header-value-0=billing";
    assertThat(admin.post(page() + "/edit", changed).body())
        .contains("Endpoint changed: Headers, Retries", "3, every 60 s, doubling (own setting)")
        .contains("X-Team: billing");
    assertThat(admin.get(page() + "/edit").body())
        .contains("value=\"X-Team\"", "value=\"billing\"");
    assertThat(admin.post(page() + "/edit", NEW + "&maxRetries=many").body())
        .contains("Retries: enter a whole number");
    assertThat(admin.post(page() + "/edit", NEW + "&maxRetries=7").body())
        .as("one value typed is not dropped, the other follows the site")
        .contains("7, every 5 min (own setting)");
    assertThat(admin.post(page() + "/edit", NEW).body()).contains("(site setting)");
    assertThat(admin.post(page() + "/edit", NEW + "&timeout=2s").body())
        .contains("2 s (own setting)");
    assertThat(admin.get(page() + "/edit").body()).contains("name=\"timeout\" value=\"2s\"");
    assertThat(admin.post(page() + "/edit", NEW + "&timeout=31s").body())
        .contains("enter a duration from 1s to 30s, such as 10s");
    assertThat(
            admin.post(page() + "/edit", NEW + "&uid=crm&labels=region%3Deu&metadata=a%3Db").body())
        .contains(">crm<", "region=eu", "a=b");
    assertThat(admin.get(page() + "/edit").body()).contains("name=\"uid\" value=\"crm\"");
    assertThat(admin.post(page() + "/edit", NEW + "&uid=a+b").body())
        .contains("enter 1 to 64 characters");
    assertThat(admin.post(page() + "/edit", NEW + "&labels=region").body())
        .contains("must be lines such as region=eu");
    place.transport.unresolvable("other.example");
    assertThat(admin.post(page() + "/edit", NEW.replace("crm.example", "other.example")).body())
        .contains("Endpoint changed", "<p>Please check: the name other.example does not resolve");
    assertThat(admin.post(page() + "/edit", NEW + "&header-value-0=nonsense").body())
        .contains("must have a name for each value", "value=\"nonsense\"");
  }

  @Test
  void aNewSecretIsShownWithTheEndOfTheOldOne() {
    var unused = place.endpoint(CRM, "*");
    assertThat(admin.post(page() + "/rotate", "hours=24").body())
        .contains("whsec_", "2 active secrets; the old one expires in 24 h (2026-01-02 12:00 UTC)")
        .contains("id=\"verify\" open>");
    assertThat(admin.get(page() + "/edit").body())
        .contains("<b>Secrets</b> <span class=\"soft small\">unchanged</span>");
    assertThat(admin.get("/sites/default/endpoints/new").body())
        .contains("<b>Secrets</b> <span class=\"soft small\">a new one<");
    assertThat(admin.get("/audit?action=endpoint.changed").body())
        .contains("<li>secret rotated</li>")
        .doesNotContain("********");
  }

  /** It once said "109 times in a row" above "751 times in a row". */
  @Test
  void aPageHasOneCountOfConsecutiveFailures() {
    Endpoint endpoint = place.endpoint(CRM, "*");
    Outcome refused = Outcome.failed(OutcomeKind.CONNECT_ERROR, "refused", Duration.ZERO);
    place.transport.responding(CRM, n -> refused);
    for (int i = 0; i < 10; i++) {
      place.publish("license_created", "{}");
    }
    Poll.until(() -> place.activity.streak(endpoint.id()) == 10);
    place.publish("license_created", "{}");
    assertThat(place.webhooks().endpoints().health(endpoint).failures()).isEqualTo(10);
    assertThat(counts()).containsOnly("10").isNotEmpty();

    place.pause(endpoint.id());
    // What is sent again after the resume must not fail before the page is read.
    place.transport.hanging(CRM);
    admin.post(page() + "/resume", "");

    Poll.until(() -> place.webhooks().endpoints().health(endpoint).failures() == 0);
    assertThat(counts()).containsOnly("0").isNotEmpty();
    place.transport.release(refused);
  }

  private List<String> counts() {
    return COUNT
        .matcher(admin.get(page()).body())
        .results()
        .map(found -> found.group(1) == null ? found.group(2) : found.group(1))
        .toList();
  }

  @Test
  void aChangeIsSavedAndTested() {
    admin.post(LIST, NEW);
    assertThat(admin.get(page() + "/edit").body())
        .contains("<h1 dir=\"auto\">Edit " + CRM, "Save and send test");
    place.transport.responding(CRM, 500);
    assertThat(admin.post(page() + "/edit", NEW + "&description=Shop&test=yes").body())
        .contains("Endpoint changed", "Test result", "HTTP 500", "<h1 dir=\"auto\">Shop</h1>");
    assertThat(admin.get(page() + "/edit").body()).contains("Edit Shop</h1>");
  }

  @Test
  void itIsRemovedByNameOnly() {
    admin.post(LIST, NEW);
    assertThat(admin.get(page()).body()).contains("Remove this endpoint");
    assertThat(admin.post(page() + "/remove", "").body()).contains(CRM + " was removed.");
    assertThat(all()).isEmpty();
  }

  @Test
  void theCodeForReceiversIsThatOfTheManual() {
    assertThat(ReceiverSnippets.schemes())
        .containsExactly("Standard Webhooks", "Public keys", "X-QLM-Signature");
    assertThat(
            ReceiverSnippets.of("Standard Webhooks").stream()
                .map(ReceiverSnippets.Snippet::language))
        .containsExactly("Java", "C#", "PHP", "Node", "Python");
    assertThat(ReceiverSnippets.ALL).isNotEmpty().allMatch(snippet -> snippet.code().length() > 50);
  }

  private String page() {
    return LIST + "/" + only().id();
  }

  private Endpoint only() {
    assertThat(all()).hasSize(1);
    return all().get(0);
  }

  private List<Endpoint> all() {
    return place.hookferry.webhooks().endpoints().list(SiteId.DEFAULT, PageRequest.FIRST).data();
  }
}
