package dev.hookferry.http.console.frame;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.Keys;
import dev.hookferry.access.ApiKey;
import dev.hookferry.access.Scope;
import dev.hookferry.audit.AuditEntry;
import dev.hookferry.http.console.ConsoleFixture;
import dev.hookferry.http.console.Person;
import dev.hookferry.http.console.Person.Shown;
import dev.hookferry.http.console.text.FormValues;
import dev.hookferry.id.SiteId;
import dev.hookferry.query.AuditQuery;
import dev.hookferry.query.PageRequest;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignInTest {
  private static final String PAGE = "/sites/default/deliveries";

  @RegisterExtension private final ConsoleFixture place = new ConsoleFixture();

  @Test
  void leadsBackToThePageThatWasAskedFor() {
    Person person = new Person(place.console);
    Shown asked = person.get(PAGE + "?status=pending");
    assertThat(asked.status()).isEqualTo(303);
    assertThat(asked.header("Location"))
        .isEqualTo("/login?to=%2Fsites%2Fdefault%2Fdeliveries%3Fstatus%3Dpending");
    assertThat(person.get(asked.header("Location")).body())
        .contains("value=\"/sites/default/deliveries?status=pending\"");
  }

  @Test
  void setsACookieThatScriptsAndOtherSitesDoNotGet() {
    Person person = new Person(place.console);
    assertThat(person.signIn(place.key(null, Scope.READ)).header("Set-Cookie"))
        .matches("hookferry=[A-Za-z0-9_-]{43}; Path=/; HttpOnly; SameSite=Strict");
    assertThat(person.get(PAGE).status()).isEqualTo(200);
  }

  @Test
  void restrictsTheCookieToTlsIfAvailable() {
    Person person = new Person(place.console);
    person.secure = true;
    assertThat(person.signIn(place.key(null, Scope.READ)).header("Set-Cookie"))
        .startsWith("__Host-hookferry=")
        .endsWith("; Path=/; HttpOnly; SameSite=Strict; Secure");
    assertThat(person.get(PAGE).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://evil.example/", "//evil.example", "/\\evil.example", "x", ""})
  void leadsNowhereElse(String to) {
    Person person = new Person(place.console);
    String form = "key=" + place.key(null, Scope.READ) + "&to=" + FormValues.encoded(to);
    assertThat(person.send("POST", "/login", form).header("Location")).isEqualTo("/");
  }

  @Test
  void isNotTriedWhileTooManyFailed() {
    Person person = new Person(place.console);
    assertThat(person.signIn("hf_wrong").status()).isEqualTo(401);
    person.blocked = true;
    Shown refused = person.signIn(place.key(null, Scope.READ));
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.header("Retry-After")).isEqualTo("60");
  }

  @Test
  void whatIsDoneIsInTheAuditLogUnderTheNameOfTheKey() {
    Person admin = place.admin();
    admin.post(
        "/sites/default/endpoints",
        "url=https%3A%2F%2Fa.example%2F&type=license_created&signature=qlm");
    AuditEntry entry = place.hookferry.webhooks().audit().list(AuditQuery.ALL).data().get(0);
    assertThat(entry.actor().name()).isEqualTo("test");
    assertThat(entry.actor().address()).isEqualTo("127.0.0.1");
  }

  @Test
  void isNotDoneByTheFormOfAnotherSite() {
    Person person = new Person(place.console);
    person.headers.put("sec-fetch-site", "cross-site");
    assertThat(person.signIn(place.key(null, Scope.READ)).status()).isEqualTo(403);
  }

  @Test
  void endsWhenIdleForAnHourAndAlwaysAfterHalfADay() {
    Person idle = place.person(null, Scope.READ);
    place.clock.advance(Duration.ofMinutes(61));
    assertThat(idle.get(PAGE).status()).isEqualTo(303);

    Person busy = place.person(null, Scope.READ);
    for (int i = 0; i < 12; i++) {
      assertThat(busy.get(PAGE).status()).isEqualTo(200);
      place.clock.advance(Duration.ofMinutes(60));
    }
    place.clock.advance(Duration.ofSeconds(1));
    assertThat(busy.get(PAGE).status()).isEqualTo(303);
  }

  /** As after a restart, which forgets sessions too. */
  @Test
  void typedInputOutlivesTheSession() {
    Person person = place.admin();
    place.clock.advance(Duration.ofMinutes(61));
    person.headers.put("sec-fetch-site", "same-origin");
    String typed = "csrf=old&url=https%3A%2F%2Fa.example%2F&type=license_created&signature=qlm";
    Shown asked = person.send("POST", "/sites/default/endpoints", typed + "&secret=s3cr3t");
    assertThat(asked.body())
        .contains("what you typed is kept", "value=\"https://a.example/\"")
        .doesNotContain("s3cr3t");
    String carried =
        "&unsent.path=%2Fsites%2Fdefault%2Fendpoints&unsent.field.url=https%3A%2F%2Fa.example%2F"
            + "&unsent.field.type=license_created&unsent.field.signature=qlm";
    Shown back =
        person.send("POST", "/login", "key=" + place.key(null, Scope.ADMIN) + "&to=%2F" + carried);
    assertThat(back.status()).isEqualTo(200);
    assertThat(back.header("Set-Cookie")).startsWith("hookferry=");
    assertThat(back.body())
        .contains("Nothing has been saved yet", "action=\"/sites/default/endpoints\"")
        .contains("name=\"url\" value=\"https://a.example/\"");
    assertThat(place.webhooks().endpoints().list(SiteId.DEFAULT, PageRequest.FIRST).data())
        .isEmpty();
  }

  @Test
  void typedSecretsAreMaskedOnThePage() {
    Person person = place.admin();
    place.clock.advance(Duration.ofMinutes(61));
    person.headers.put("sec-fetch-site", "same-origin");
    String typed =
        "csrf=old&url=https%3A%2F%2Fa.example%2F&qlmSecret=geheim1&privateKey=geheim2&secret=geheim3"
            + "&auth=%7B%22oauth2%22%3A%7B%22clientId%22%3A%22shop%22%2C%22clientSecret%22%3A"
            + "%22geheim4%22%7D%7D&header-name-0=X-Team&header-value-0=billing"
            + "&header-name-1=Authorization&header-value-1=geheim5"
            + "&header-name-2=x-shop&header-value-2=geheim6&header-secret-2=yes";

    Shown asked = person.send("POST", "/sites/default/endpoints", typed);

    assertThat(asked.body())
        .doesNotContain("geheim")
        .contains("name=\"unsent.field.qlmSecret\" value=\"********\"")
        .contains("name=\"unsent.field.header-value-0\" value=\"billing\"")
        .contains("name=\"unsent.field.header-value-1\" value=\"********\"")
        .contains("name=\"unsent.field.header-value-2\" value=\"********\"")
        .contains("shop&#34;,&#34;clientSecret&#34;:&#34;********&#34;");
    assertThat(person.send("POST", "/sites/default/endpoints", "url=x&auth=%7Bgeheim").body())
        .doesNotContain("geheim");
  }

  /** Browsers from before 2023 do not send Sec-Fetch-Site. */
  @Test
  void whatWasTypedIsKeptForABrowserThatSendsOnlyItsOrigin() {
    Person person = new Person(place.console);
    person.headers.put("host", "hooks.example");
    person.headers.put("origin", "https://hooks.example");
    String typed = "csrf=old&url=https%3A%2F%2Fa.example%2F&type=license_created&signature=qlm";
    assertThat(person.send("POST", "/sites/default/endpoints", typed).body())
        .contains("what you typed is kept", "value=\"https://a.example/\"");
    assertThat(person.signIn(place.key(null, Scope.READ)).header("Set-Cookie"))
        .startsWith("hookferry=");
  }

  @Test
  void aForeignOriginIsRefused() {
    Person person = new Person(place.console);
    person.headers.put("host", "hooks.example");
    person.headers.put("origin", "https://evil.example");
    String typed = "csrf=old&url=https%3A%2F%2Fa.example%2F&type=license_created&signature=qlm";
    Shown asked = person.send("POST", "/sites/default/endpoints", typed);
    assertThat(asked.status()).isEqualTo(303);
    assertThat(asked.body()).doesNotContain("a.example");
    Shown signedIn = person.signIn(place.key(null, Scope.READ));
    assertThat(signedIn.status()).isEqualTo(403);
    assertThat(signedIn.header("Set-Cookie")).isEmpty();
  }

  @Test
  void inputFromAnotherSiteIsNotKept() {
    Person person = new Person(place.console);
    String typed = "url=https%3A%2F%2Fevil.example%2F";
    assertThat(person.send("POST", "/sites/default/endpoints", typed).status()).isEqualTo(303);
    person.headers.put("sec-fetch-site", "cross-site");
    assertThat(person.send("POST", "/sites/default/endpoints", typed).status()).isEqualTo(303);
    person.headers.put("sec-fetch-site", "same-origin");
    String form =
        "key=" + place.key(null, Scope.ADMIN) + "&unsent.path=%2F%2Fevil.example&unsent.field.a=b";
    assertThat(person.send("POST", "/login", form).header("Location")).isEqualTo("/");
  }

  @Test
  void isNotKeptAliveByPagesThatRenewThemselves() {
    Person away = place.person(null, Scope.READ);
    away.headers.put("hookferry-live", "1");
    place.clock.advance(Duration.ofMinutes(40));
    assertThat(away.get(PAGE).status()).isEqualTo(200);
    place.clock.advance(Duration.ofMinutes(40));
    assertThat(away.get(PAGE).status()).isEqualTo(303);
  }

  @Test
  void endsAtTheServerToo() {
    Person person = place.person(null, Scope.READ);
    String cookie = person.headers.get("cookie");
    person.get(PAGE);
    Shown out = person.send("POST", "/logout", "csrf=" + person.csrf);
    assertThat(out.header("Set-Cookie")).startsWith("hookferry=; ").endsWith("; Max-Age=0");
    person.headers.put("cookie", cookie);
    assertThat(person.get(PAGE).header("Location")).startsWith("/login");
  }

  @Test
  void isNotEndedByAnotherSite() {
    Person person = place.person(null, Scope.READ);
    person.send("POST", "/logout", "csrf=guessed");
    assertThat(person.get(PAGE).status()).isEqualTo(200);
  }

  @Test
  void endsWithItsKey() {
    Person person = place.admin();
    Keys keys = place.hookferry.webhooks().keys();
    List<ApiKey> before = keys.list(PageRequest.FIRST).data();
    keys.create("another", Set.of(Scope.ADMIN), null);
    before.forEach(key -> keys.remove(key.id()));
    assertThat(person.get(PAGE).status()).isEqualTo(303);
  }
}
