package dev.hookferry.http.console.site;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.access.Scope;
import dev.hookferry.audit.Actor;
import dev.hookferry.audit.FieldChange;
import dev.hookferry.http.console.ConsoleFixture;
import dev.hookferry.http.console.Person;
import dev.hookferry.http.console.Person.Shown;
import dev.hookferry.http.console.text.FormValues;
import dev.hookferry.id.EventType;
import dev.hookferry.id.SiteId;
import dev.hookferry.portal.NewPortalLink;
import dev.hookferry.portal.Portal;
import dev.hookferry.portal.PortalCapability;
import dev.hookferry.portal.PortalSession;
import dev.hookferry.query.AuditQuery;
import dev.hookferry.query.PageRequest;
import dev.hookferry.site.PayloadRule;
import dev.hookferry.site.PortalSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PortalSitePageTest {
  private static final String PAGE = "/sites/default/portal";
  private static final String SETTINGS = "/sites/default/settings";

  @RegisterExtension final ConsoleFixture place = new ConsoleFixture();

  private Portal portal;
  private Person admin;

  @BeforeEach
  void signIn() {
    portal = Portal.of(place.hookferry, place.clock);
    admin = place.admin();
    change(Map.of("enabled", true));
  }

  private void change(Map<String, Object> settings) {
    var unused =
        place.webhooks().settings().changeByName(SiteId.DEFAULT, Map.of("portal", settings));
  }

  private PortalSettings settings() {
    return portal.settings(SiteId.DEFAULT);
  }

  private PortalSession open(String subject) {
    NewPortalLink link = NewPortalLink.of(subject).name(subject.equals("c-1") ? "Ada" : "");
    String code = portal.link(SiteId.DEFAULT, link, Actor.PROGRAM).code();
    return portal.exchange(code).orElseThrow().session();
  }

  @Test
  void aThemeIsTriedBeforeItIsSaved() {
    Shown tried = admin.get(PAGE + "?accent=%23ffee00&product=Acme");
    assertThat(tried.body())
        .containsSubsequence(">Preview</button>", "form=\"theme-save\">Save", "</form>")
        .contains("note plain\">On light pages, the accent is darkened", "has a contrast of 1.")
        .contains("portal/preview?accent=%23ffee00&amp;product=Acme&amp;scheme=dark");
    assertThat(settings().accent()).isEmpty();

    assertThat(admin.post(PAGE, "accent=%23ffee00&product=Acme").body()).contains("was saved");
    assertThat(settings().accent()).isEqualTo("#ffee00");
    Shown refused = admin.post(PAGE, "accent=yellow&product=Acme");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body()).contains("enter a colour such as #6122e7");
    assertThat(settings().accent()).isEqualTo("#ffee00");
    assertThat(admin.get(SETTINGS).body()).contains("On light pages, the accent is darkened");
  }

  @Test
  void thePreviewIsAPageOfThePortalThatOnlyTheConsoleFrames() {
    Shown preview = admin.get(PAGE + "/preview?accent=%23ffee00&product=Acme&scheme=dark");
    assertThat(preview.body()).contains("data-theme=\"dark\"", "Acme", "class=\"portal\"");
    assertThat(preview.header("Content-Security-Policy")).contains("frame-ancestors 'self'");
    assertThat(preview.header("X-Frame-Options")).isEqualTo("SAMEORIGIN");
    assertThat(admin.get(PAGE + "/theme.css?accent=%23ffee00").body())
        .contains(", #ffee00); --accent-hover");
    Shown page = admin.get(PAGE);
    assertThat(page.header("Content-Security-Policy"))
        .contains("frame-src 'self'", "frame-ancestors 'none'");
    assertThat(admin.get(SETTINGS).header("Content-Security-Policy")).doesNotContain("frame-src");
  }

  @Test
  void sessionsAreListedAndEnded() {
    PortalSession one = open("c-1");
    var unused = open("c-1");
    unused = open("c-2");
    assertThat(admin.get(PAGE).body())
        .contains(
            "<b>c-1</b> <span class=\"soft\" dir=\"auto\">Ada</span></span>", "<b>c-2</b></span>");
    assertThat(admin.post(PAGE + "/end", "id=" + one.id()).body())
        .contains("The session has ended");
    assertThat(sessions()).isEqualTo(2);
    assertThat(admin.post(PAGE + "/end", "subject=c-2").body()).contains("1 session of c-2");
    assertThat(sessions()).isEqualTo(1);
  }

  private int sessions() {
    return portal.sessions(SiteId.DEFAULT, null, PageRequest.of(10)).data().size();
  }

  @Test
  void anOperatorSeesThePortalAsACustomerDoes() {
    var unused = admin.get(PAGE);
    String form = "csrf=" + admin.csrf + "&subject=c-1&labels=customer%3Dc-1";
    Shown to = admin.send("POST", PAGE + "/view", form);
    Matcher link =
        Pattern.compile("href=\"http://localhost/portal/([A-Za-z0-9_-]{43})\"").matcher(to.body());
    assertThat(link.find()).as(to.body()).isTrue();
    PortalSession session = portal.exchange(link.group(1)).orElseThrow().session();
    assertThat(session.isAsOperator()).isTrue();
    assertThat(session.labels()).isEqualTo(Map.of("customer", "c-1"));
    var noted = place.webhooks().audit().list(AuditQuery.ALL).data().get(0);
    assertThat(noted.action().code()).isEqualTo("portal.viewed");
    assertThat(noted.actor().name()).isEqualTo("test");
    assertThat(admin.post(PAGE + "/view", "labels=customer%3Dc-1").body())
        .as("without a user")
        .contains("The portal as a customer sees it", "formnovalidate");
    assertThat(admin.post(PAGE + "/view", "subject=c-1&labels=customer").body())
        .contains("must be lines such as region=eu");
  }

  @Test
  void aLinkToTheWholeSiteIsAskedFor() {
    place.endpoint("https://crm.example/hook", "*");
    String form = "subject=c-1&can=test&minutes=30";
    assertThat(admin.get(PAGE).body()).contains("Give access to the only endpoint of this site<");
    place.endpoint("https://erp.example/hook", "*");
    assertThat(admin.post(PAGE + "/link", form).body())
        .contains(">Enter the label that the customer", "c-17, or tick “Give access to")
        .contains("<span>Give access to all 2 endpoints of this site</span>")
        .containsPattern("aria-invalid=\"true\"></textarea>.*<span class=\"wrong\">Enter the label")
        .doesNotContain("shown only once");
    assertThat(admin.post(PAGE + "/link", form + "&whole=yes").body())
        .contains("Link for c-1, shown only once");
  }

  @Test
  void aLinkToNothingIsMadeWithAWarning() {
    var unused = admin.get(PAGE);
    String nobody = "subject=c-9&labels=customer%3Dc-9&minutes=30";
    assertThat(admin.post(PAGE + "/link", nobody + "&can=retry").body())
        .contains("shown only once", "so the portal's pages are empty.");
    assertThat(admin.post(PAGE + "/link", nobody + "&can=manage").body())
        .as("who may add an endpoint")
        .contains("shown only once")
        .doesNotContain("No endpoint has all these labels");
  }

  @Test
  void linkHasPresetOrTickedPermissions() {
    assertThat(admin.get(PAGE).body())
        .contains("name=\"preset\" value=\"retry\" checked", "<b>Manage everything</b>");
    String form = "subject=c-9&labels=customer%3Dc-9&minutes=30&can=test&preset=";
    assertThat(admin.post(PAGE + "/link", form + "all").body())
        .contains("name=\"preset\" value=\"all\" checked", "value=\"secrets\" checked");
    assertThat(admin.post(PAGE + "/link", form + "view").body())
        .contains("name=\"preset\" value=\"view\" checked")
        .doesNotContain("value=\"test\" checked");
    assertThat(admin.post(PAGE + "/link", form + "custom").body())
        .contains("name=\"preset\" value=\"custom\" checked", "value=\"test\" checked");
  }

  @Test
  void anEndpointWithoutLabelsGetsThemBeforeItsLink() {
    place.endpoint("https://crm.example/hook", "*");
    String id = place.webhooks().endpoints().all(SiteId.DEFAULT).get(0).id().toString();
    assertThat(admin.get("/sites/default/endpoints/" + id).body())
        .contains("href=\"" + PAGE + "?endpoint=" + id + "#link\"");
    assertThat(admin.get(PAGE + "?endpoint=" + id).body())
        .contains("has no labels, by which a link selects endpoints", "/endpoints/" + id + "/edit");
    assertThat(admin.get(PAGE + "?endpoint=ep_x").body()).doesNotContain("has no labels");
    var unused = admin.post(PAGE + "/switch", "enabled=false");
    String kept = "name=\"endpoint\" value=\"" + id + "\"";
    assertThat(admin.get(PAGE + "?endpoint=" + id).body()).contains(kept);
    assertThat(admin.post(PAGE + "/switch", "enabled=true&endpoint=" + id).body())
        .contains("The portal is on.", "has no labels, by which");
  }

  @Test
  void customerLinkIsShownOnce() {
    assertThat(admin.get(PAGE + "?labels=customer%3Dc-1").body())
        .contains(">customer=c-1</textarea>", "value=\"test\" checked", "value=\"60\"");
    var unused = admin.get(PAGE);
    String form = "subject=c-1&name=Ada&labels=customer%3Dc-1&can=manage&minutes=30";
    String made = admin.post(PAGE + "/link", form).body();
    Matcher link = Pattern.compile(">http://localhost/portal/([A-Za-z0-9_-]{43})<").matcher(made);
    assertThat(link.find()).as(made).isTrue();
    assertThat(made)
        .contains("Link for c-1, shown only once", "after 30 minutes without use")
        .contains("<span data-expiring>It expires <time ", ">in 1 min</time>");
    assertThat(made.indexOf("shown only once"))
        .as("above the form that made it")
        .isLessThan(made.indexOf("Create link"));
    assertThat(admin.get(PAGE).body()).doesNotContain(link.group(1));
    var noted = place.webhooks().audit().list(AuditQuery.ALL).data().get(0);
    assertThat(noted.action().code()).isEqualTo("portal.linked");
    assertThat(noted.target()).isEqualTo("c-1");
    assertThat(noted.changes())
        .containsExactly(
            new FieldChange("labels.customer", null, "c-1"),
            new FieldChange("can", null, "manage"),
            new FieldChange("sessionMinutes", null, "30"));

    PortalSession session = portal.exchange(link.group(1)).orElseThrow().session();
    assertThat(session.isAsOperator()).isFalse();
    assertThat(session.name()).isEqualTo("Ada");
    assertThat(session.labels()).isEqualTo(Map.of("customer", "c-1"));
    assertThat(session.can()).containsExactly(PortalCapability.MANAGE);
    assertThat(session.expiresAt()).isEqualTo(place.clock.instant().plus(Duration.ofMinutes(30)));
  }

  @Test
  void linkCanStayValidForLonger() {
    assertThat(admin.get(PAGE + "?labels=customer%3Dc-1").body())
        .contains("<option value=\"60\" selected>1 minute", "<option value=\"900\">15 minutes");
    String form = "subject=c-1&labels=customer%3Dc-1&can=manage&minutes=30&codeSeconds=";
    String made = admin.post(PAGE + "/link", form + "900").body();
    Matcher link = Pattern.compile(">http://localhost/portal/([A-Za-z0-9_-]{43})<").matcher(made);
    assertThat(link.find()).as(made).isTrue();
    assertThat(made).contains("<span data-expiring>It expires <time ", ">in 15 min</time>");
    assertThat(place.webhooks().audit().list(AuditQuery.ALL).data().get(0).changes())
        .contains(new FieldChange("codeSeconds", null, "900"));
    place.clock.advance(Duration.ofMinutes(14));
    assertThat(portal.exchange(link.group(1))).isPresent();
    assertThat(admin.post(PAGE + "/link", form + "901").body())
        .contains("codeSeconds: must be from 15 to 900");
  }

  @Test
  void aLinkThatCannotBeMadeKeepsWhatWasTyped() {
    for (String wrong : List.of("subject=a+b&minutes=5", "subject=c&minutes=0", "subject=c")) {
      Shown shown = admin.post(PAGE + "/link", wrong + "&name=Ada");
      assertThat(shown.status()).as(wrong).isEqualTo(400);
      assertThat(shown.body())
          .contains("Please correct the following", "value=\"Ada\"")
          .doesNotContain("shown only once");
    }
    assertThat(admin.post(PAGE + "/link", "subject=a+b&minutes=soon&labels=c&name=%07").body())
        .as("all at once")
        .contains("enter 1 to 80 visible", "enter a whole number", "region=eu", "no control");
  }

  @Test
  void thePortalIsSwitchedHere() {
    assertThat(admin.post(PAGE + "/switch", "enabled=false").body())
        .contains("The portal is off", "Switch on")
        .doesNotContain("Create link");
    assertThat(settings().enabled()).isFalse();
    assertThat(admin.post(PAGE + "/link", "subject=c&minutes=60&whole=yes").body())
        .contains("Not done", "is off; set portal.enabled to true first");
    String link = "subject=c-1&labels=customer%3Dc-1";
    assertThat(admin.get(PAGE + "?" + link).body())
        .contains("name=\"subject\" value=\"c-1\"", "name=\"labels\" value=\"customer=c-1\"");
    assertThat(admin.post(PAGE + "/switch", "enabled=true&" + link).body())
        .contains("The portal is on.", "Create link", "\"ask calm\"><summary>Switch off…")
        .contains("value=\"c-1\"", ">customer=c-1</textarea>");
    assertThat(settings().enabled()).isTrue();
    Person reader = place.person(SiteId.DEFAULT, Scope.READ);
    assertThat(reader.post(PAGE + "/switch", "enabled=false").status()).isEqualTo(403);
    assertThat(reader.post(PAGE + "/link", "subject=c&minutes=60").status()).isEqualTo(403);
  }

  @Test
  void eachSettingHasANameForPeople() {
    String body = admin.get(SETTINGS).body();
    Matcher label = Pattern.compile("<label[^>]*>(?:<input[^>]*>)?(.*?)</label>").matcher(body);
    int count = 0;
    while (label.find()) {
      Matcher name = Pattern.compile("<code>(.+)</code>").matcher(label.group(1));
      if (name.find()) {
        count++;
        assertThat(label.group(1).replaceAll("<[^>]+>", ""))
            .isNotEqualTo(name.group(1) + " " + name.group(1));
      }
    }
    assertThat(count).isGreaterThan(20);
    assertThat(body).contains(">Enable the portal <code>portal.enabled</code></label>");
  }

  @Test
  void whoMayNotManageTheSiteSeesNoneOfIt() {
    Person reader = place.person(SiteId.DEFAULT, Scope.READ);
    for (String path : List.of(PAGE, PAGE + "/preview", PAGE + "/theme.css")) {
      assertThat(reader.get(path).status()).as(path).isEqualTo(403);
    }
    assertThat(reader.get(SETTINGS).body()).doesNotContain("href=\"" + PAGE + "\"");
  }

  @Test
  void thePortalHasASectionOfItsOwnAndListsHaveALineForEach() {
    String body = admin.get(SETTINGS).body();
    assertThat(body.indexOf("portal.origins")).isGreaterThan(body.indexOf("id=\"portal\""));
    assertThat(body.indexOf("name=\"searchFields\"")).isLessThan(body.indexOf("id=\"portal\""));
    assertThat(body).contains("One per line.");

    String lines = "https://a.example\r\n\r\n  https://b.example ";
    assertThat(admin.post(SETTINGS, form(lines)).body()).contains("settings were saved");
    assertThat(settings().origins()).containsExactly("https://a.example", "https://b.example");
    Shown refused = admin.post(SETTINGS, form("https://a.example https://c.example"));
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body()).contains("nter a scheme and a host");
    assertThat(settings().origins()).hasSize(2);
  }

  @Test
  void whatIsSeenOfATypeHasALineOfItsOwn() {
    String rules = "&portal.payloadByType=";
    String lines = " license_created=none \r\n\r\nlicense_deleted = fields data.a  data.b";
    assertThat(admin.post(SETTINGS, form("") + rules + FormValues.encoded(lines)).body())
        .contains("settings were saved");
    assertThat(settings().payloadOf(new EventType("license_created"))).isEqualTo(PayloadRule.NONE);
    assertThat(settings().payloadOf(new EventType("license_deleted")))
        .isEqualTo(PayloadRule.only("data.a", "data.b"));
    assertThat(settings().payloadOf(new EventType("license_released"))).isEqualTo(PayloadRule.FULL);
    assertThat(admin.get(SETTINGS).body())
        .contains("license_created = none\nlicense_deleted = fields data.a data.b</textarea>");

    for (String wrong :
        List.of("license_created", "license_created = some", "license_created = none\nx = full")) {
      Shown refused = admin.post(SETTINGS, form("") + rules + FormValues.encoded(wrong));
      assertThat(refused.status()).as(wrong).isEqualTo(400);
      assertThat(refused.body()).contains(wrong + "</textarea>");
    }
    assertThat(settings().payloadByType()).hasSize(2);
  }

  @Test
  void imagesAreUploadedPreviewedAndRemoved() {
    String svg = "<svg viewBox='0 0 9 9'><path d='M0 0h1'/><script>evil()</script></svg>";
    assertThat(upload("logo-dark", svg).body())
        .contains(
            "The image was saved.</strong><p>Left out of it for safety: script.", "SVG, 9 × 9");
    String path = PAGE + "/images/logo-dark";
    assertThat(admin.get(PAGE).body()).contains("src=\"" + path + "?");
    assertThat(admin.get(PAGE + "/preview").body()).contains("src=\"" + path + "?");
    Shown file = admin.get(path);
    assertThat(file.body()).contains("M0 0h1").doesNotContain("evil");
    assertThat(file.header("Content-Security-Policy")).contains("sandbox");

    assertThat(upload("icon", "no image").body()).contains("Not done", "image: must be a PNG");
    assertThat(upload("icon", "").body()).contains("Not done", "image: must have 1 to 65536 bytes");
    assertThat(upload("banner", svg).status()).isEqualTo(404);
    assertThat(admin.post(PAGE + "/images", "id=icon&file=*").body()).contains("must be a file");
    assertThat(admin.get(PAGE + "/images/icon").status()).isEqualTo(404);
    assertThat(settings().images()).hasSize(1);

    assertThat(admin.post(PAGE + "/images/remove", "id=logo-dark").body()).contains("was removed");
    assertThat(settings().images()).isEmpty();
    assertThat(admin.post(PAGE + "/images/remove", "id=logo-dark").body()).contains("Not done");
    admin.csrf = "forged";
    assertThat(upload("icon", svg).status()).isEqualTo(403);
  }

  private Shown upload(String id, String file) {
    String body =
        "--x-1\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n"
            + admin.csrf
            + "\r\n--x-1\r\nContent-Disposition: form-data; name=\"id\"\r\n\r\n"
            + id
            + "\r\n--x-1\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.svg\"\r\n"
            + "Content-Type: image/svg+xml\r\n\r\n"
            + file
            + "\r\n--x-1--\r\n";
    admin.headers.put("content-type", "multipart/form-data; boundary=x-1");
    Shown answer = admin.send("POST", PAGE + "/images", body);
    admin.headers.remove("content-type");
    return answer.status() == 303 ? admin.get(answer.header("Location")) : answer;
  }

  @Test
  void wordsOfTheProductAreInThePreviewToo() {
    String words = "&portal.words=" + FormValues.encoded("endpoint = spot\nendpoints = spots");
    assertThat(admin.post(SETTINGS, form("") + words).body()).contains("settings were saved");
    assertThat(settings().words()).isEqualTo(Map.of("endpoint", "spot", "endpoints", "spots"));
    assertThat(admin.get(PAGE + "/preview").body()).contains(">Spots</h2>", "Add spot");
    Shown refused = admin.post(SETTINGS, form("") + "&portal.words=endpoint%20%3D%20spot");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body()).contains("portal.words.endpoints: must be given with endpoint");
  }

  private static String form(String origins) {
    return "webHooksEnabled=on&webHookMaxRetries=5&webHookRetryInterval=60"
        + "&retryBackoff=exponential&envelope=raw&qlmEventTypeField=EventType"
        + "&qlmLicenseField=LicenseInfo&qlmCustomerField=CustomerInfo&endpointConcurrency=0"
        + "&portal.enabled=on&portal.payload=full&portal.origins="
        + FormValues.encoded(origins);
  }
}
