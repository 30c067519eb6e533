package dev.hookferry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.access.ApiKey;
import dev.hookferry.access.Scope;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.endpoint.EndpointFields;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.event.NewEvent;
import dev.hookferry.field.FieldValues;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import dev.hookferry.query.AttemptQuery;
import dev.hookferry.query.PageRequest;
import dev.hookferry.refusal.ConflictException;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.NotFoundException;
import dev.hookferry.signing.Signature;
import dev.hookferry.signing.SignatureProfile;
import dev.hookferry.site.SettingsByName;
import dev.hookferry.transport.SentRequest;
import dev.hookferry.transport.SignedRequest;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Sites, endpoints, settings and keys. */
class FacadeTest {
  private static final List<Signature> TOO_MANY =
      Collections.nCopies(5, Signature.of(SignatureProfile.STANDARD));

  private static final SiteId SITE = SiteId.DEFAULT;

  private final Embedded embedded = new Embedded();
  private final Webhooks webhooks = embedded.webhooks;

  @AfterEach
  void close() {
    embedded.close();
  }

  @Test
  void theDefaultSiteAlwaysExists() {
    assertThat(webhooks.sites().get(SITE).id()).isEqualTo(SITE);
    assertThatThrownBy(() -> webhooks.sites().remove(SITE)).isInstanceOf(ConflictException.class);
    assertThatThrownBy(() -> webhooks.sites().create(SITE)).isInstanceOf(ConflictException.class);
  }

  @Test
  void aRemovedSiteTakesItsEndpointsAndKeysWithIt() {
    SiteId other = webhooks.sites().create(new SiteId("other")).id();
    webhooks.endpoints().create(other, EndpointSpec.to("https://a.example/").types("*"));
    String key = webhooks.keys().create("bound", Set.of(Scope.PUBLISH), other).text();

    webhooks.sites().remove(other);

    assertThat(embedded.store.config().load().endpoints()).isEmpty();
    assertThat(webhooks.keys().authenticate(key)).isEmpty();
    assertThatThrownBy(() -> webhooks.settings().get(other)).isInstanceOf(NotFoundException.class);
  }

  @Test
  void sentHeadersAreShownWithCredentialsMasked() {
    EndpointSpec asked =
        EndpointSpec.to("https://a.example/in")
            .types("*")
            .headers(Map.of("X-Team", "billing", "X-Api-Key", "s3cr3t"));
    EndpointId id = webhooks.endpoints().create(SITE, asked).endpoint().id();
    embedded.transport.responding("https://a.example/in", 200);
    var unused = webhooks.publish(SITE, NewEvent.of("license_created", "{}")).join();
    embedded.awaitSettled(1);
    Attempt attempt = webhooks.deliveries().attempts(AttemptQuery.ofSite(SITE)).data().get(0);

    SentRequest sent = webhooks.deliveries().sent(attempt).orElseThrow();

    SignedRequest real = embedded.transport.requests().get(0);
    assertThat(sent.body()).isEqualTo(real.body());
    assertThat(sent.headers()).hasSameSizeAs(real.headers());
    for (SignedRequest.Header header : real.headers()) {
      String shown = header.name().equals("X-Api-Key") ? "********" : header.value();
      assertThat(sent.headers()).contains(new SignedRequest.Header(header.name(), shown));
    }
    webhooks.endpoints().remove(SITE, id);
    assertThat(webhooks.deliveries().sent(attempt)).isEmpty();
  }

  @Test
  void aKeyIsFoundByItsIdentityUntilItIsRemoved() {
    ApiKey key = webhooks.keys().create("one", Set.of(Scope.READ), null).key();
    assertThat(webhooks.keys().find(key.id())).contains(key);
    webhooks.keys().remove(key.id());
    assertThat(webhooks.keys().find(key.id())).isEmpty();
  }

  @Test
  void anEndpointOfAnotherSiteIsNotFound() {
    SiteId other = webhooks.sites().create(new SiteId("other")).id();
    var id =
        webhooks
            .endpoints()
            .create(SITE, EndpointSpec.to("https://a.example/").types("*"))
            .endpoint()
            .id();

    assertThatThrownBy(() -> webhooks.endpoints().get(other, id))
        .isInstanceOf(NotFoundException.class);
    assertThatThrownBy(() -> webhooks.endpoints().remove(other, id))
        .isInstanceOf(NotFoundException.class);
    assertThatThrownBy(
            () -> webhooks.endpoints().change(other, id, EndpointSpec.change().enabled(false)))
        .isInstanceOf(NotFoundException.class);
  }

  @Test
  void allProblemsOfAnEndpointAreReportedTogether() {
    EndpointSpec wrong =
        EndpointSpec.of(
            FieldValues.NONE
                .with(EndpointFields.URL, "http://10.0.0.1/")
                .with(EndpointFields.EVENT_TYPES, List.of("bad type", "also bad"))
                .with(EndpointFields.HEADERS, Map.of("Host", "x"))
                .with(EndpointFields.SIGNATURES, TOO_MANY)
                .with(EndpointFields.QLM_SECRET, ""));

    assertThatThrownBy(() -> webhooks.endpoints().create(SITE, wrong))
        .isInstanceOfSatisfying(
            InvalidException.class,
            e -> {
              assertThat(e.problems()).extracting("field").contains("url", "eventTypes");
              assertThat(e.problems()).extracting("field").contains("signatures", "qlmSecret");
              assertThat(e.problems()).anyMatch(problem -> problem.field().startsWith("headers"));
            });
    assertThat(embedded.store.config().load().endpoints()).isEmpty();
  }

  @Test
  void crossFieldProblemsAreReportedWithTheOthers() {
    EndpointSpec wrong =
        EndpointSpec.of(
            FieldValues.NONE
                .with(EndpointFields.URL, "ftp://a.example/")
                .with(EndpointFields.EVENT_TYPES, List.of())
                .with(EndpointFields.DESCRIPTION, "x".repeat(501))
                .with(EndpointFields.SIGNATURES, TOO_MANY));

    assertThatThrownBy(() -> webhooks.endpoints().create(SITE, wrong))
        .isInstanceOfSatisfying(
            InvalidException.class,
            e ->
                assertThat(e.problems())
                    .extracting("field")
                    .contains("url", "eventTypes", "description", "signatures")
                    .doesNotHaveDuplicates());
  }

  @Test
  void aNameThatResolvesToABlockedNetworkIsReportedWithTheOthers() {
    embedded.transport.refusing("inside.example");
    var present =
        webhooks
            .endpoints()
            .create(SITE, EndpointSpec.to("https://a.example/").types("*"))
            .endpoint();
    EndpointSpec wrong =
        EndpointSpec.of(
            FieldValues.NONE
                .with(EndpointFields.URL, "https://inside.example/")
                .with(EndpointFields.EVENT_TYPES, List.of("not a type")));

    assertThatThrownBy(() -> webhooks.endpoints().create(SITE, wrong))
        .isInstanceOfSatisfying(
            InvalidException.class,
            e -> assertThat(e.problems()).extracting("field").contains("url", "eventTypes"));
    assertThatThrownBy(
            () ->
                webhooks
                    .endpoints()
                    .change(
                        SITE, present.id(), EndpointSpec.to("https://inside.example/").types("*")))
        .isInstanceOf(InvalidException.class);
    assertThat(embedded.store.config().load().endpoints().values()).containsExactly(present);
  }

  @Test
  void aNameThatDoesNotResolveIsRegisteredWithAWarning() {
    embedded.transport.unresolvable("later.example");

    var later =
        webhooks.endpoints().create(SITE, EndpointSpec.to("https://later.example/").types("*"));
    var now = webhooks.endpoints().create(SITE, EndpointSpec.to("https://a.example/").types("*"));

    assertThat(later.warnings())
        .containsExactly("the name later.example does not resolve at this moment");
    assertThat(now.warnings()).isEmpty();
  }

  @Test
  void aChangedUrlIsCheckedLikeANewOne() {
    embedded.transport.unresolvable("later.example");
    var first = webhooks.endpoints().create(SITE, EndpointSpec.to("https://a.example/").types("*"));
    var second =
        webhooks.endpoints().create(SITE, EndpointSpec.to("https://b.example/").types("*"));
    var id = second.endpoint().id();

    var same =
        webhooks.endpoints().change(SITE, id, EndpointSpec.to("https://A.example:443/").types("*"));
    assertThat(same.warnings())
        .containsExactly(
            "the endpoint "
                + first.endpoint().id()
                + " has the same URL: events that match both endpoints arrive there twice");
    var later = EndpointSpec.to("https://later.example/").types("*");
    assertThat(webhooks.endpoints().change(SITE, id, later).warnings())
        .containsExactly("the name later.example does not resolve at this moment");
    assertThat(webhooks.endpoints().change(SITE, id, later).warnings()).isEmpty();
  }

  @Test
  void aDuplicateUrlIsAcceptedWithAWarning() {
    String url = "https://a.example/hook";
    var first = webhooks.endpoints().create(SITE, EndpointSpec.to(url).types("*")).endpoint();
    for (String same : List.of(url, "https://A.example:443/hook")) {
      var second = webhooks.endpoints().create(SITE, EndpointSpec.to(same).types("license_*"));
      assertThat(second.warnings())
          .contains(
              "the endpoint "
                  + first.id()
                  + " has the same URL: events that match both endpoints arrive there twice");
    }
    var other = webhooks.endpoints().create(SITE, EndpointSpec.to(url + "?x").types("*"));
    assertThat(other.warnings()).isEmpty();
  }

  @Test
  void credentialsInHeadersAreMaskedAndKeptWhenTheMaskComesBack() {
    Map<String, String> headers = Map.of("Authorization", "Bearer abc", "X-Team", "blue");
    var endpoint =
        webhooks
            .endpoints()
            .create(SITE, EndpointSpec.to("https://a.example/").types("*").headers(headers))
            .endpoint();
    Map<String, String> shown = webhooks.endpoints().headers(endpoint);
    assertThat(shown)
        .containsEntry("Authorization", SettingsByName.MASK)
        .containsEntry("X-Team", "blue");

    var changed =
        webhooks.endpoints().change(SITE, endpoint.id(), EndpointSpec.change().headers(shown));

    assertThat(changed.endpoint().headers()).hasSameElementsAs(endpoint.headers());
    assertThat(endpoint.toString()).doesNotContain("Bearer abc");
  }

  private static EndpointSpec headers(Map<String, String> headers, String... secret) {
    return EndpointSpec.change().headers(headers).secretHeaders(secret);
  }

  @Test
  void aSecretHeaderIsNeverShown() {
    var made = webhooks.endpoints().create(SITE, EndpointSpec.to("https://a.example/").types("*"));
    var id = made.endpoint().id();
    var both = headers(Map.of("X-Team", "blue", "X-Way", "in"), "X-Team");
    var marked = webhooks.endpoints().change(SITE, id, both).endpoint();
    assertThat(webhooks.endpoints().headers(marked))
        .containsEntry("X-Team", SettingsByName.MASK)
        .containsEntry("X-Way", "in");

    assertThatThrownBy(
            () -> webhooks.endpoints().change(SITE, id, EndpointSpec.change().secretHeaders()))
        .hasMessageContaining("secretHeaders: must keep naming");
    assertThatThrownBy(
            () ->
                webhooks
                    .endpoints()
                    .change(SITE, id, EndpointSpec.change().secretHeaders("X-Team", "x-way")))
        .hasMessageContaining("secretHeaders: must name headers of this endpoint");
    assertThat(webhooks.endpoints().get(SITE, id)).isEqualTo(marked);

    var kept =
        webhooks
            .endpoints()
            .change(SITE, id, EndpointSpec.change().headers(Map.of("X-Team", "red")));
    assertThat(webhooks.endpoints().headers(kept.endpoint()))
        .containsEntry("X-Team", SettingsByName.MASK);
    var open = webhooks.endpoints().change(SITE, id, headers(Map.of("X-Team", "green")));
    assertThat(webhooks.endpoints().headers(open.endpoint())).containsEntry("X-Team", "green");
  }

  @Test
  void invalidSettingsAreReportedTogetherAndChangeNothing() {
    var before = webhooks.settings().byName(SITE);

    assertThatThrownBy(
            () ->
                webhooks
                    .settings()
                    .changeByName(
                        SITE,
                        Map.of(
                            "webHookRetryInterval",
                            0,
                            "envelope",
                            "soap",
                            "webHookMaxRetry",
                            1,
                            "eventTypes",
                            List.of("fine", "not fine", "test"),
                            "qlmLicenseField",
                            "EventType")))
        .isInstanceOfSatisfying(
            InvalidException.class,
            e ->
                assertThat(e.problems())
                    .extracting("field")
                    .contains(
                        "webHookRetryInterval",
                        "envelope",
                        "webHookMaxRetry",
                        "eventTypes[1]",
                        "eventTypes[2]"));
    assertThat(webhooks.settings().byName(SITE)).isEqualTo(before);
  }

  @Test
  void aSecretCanBeRemovedAgain() {
    webhooks.settings().update(SITE, s -> s.secretKey("s3cr3t"));
    assertThat(webhooks.settings().byName(SITE))
        .containsEntry("webHookSecretKey", SettingsByName.MASK);

    webhooks.settings().update(SITE, s -> s.withoutSecretKey());

    assertThat(webhooks.settings().byName(SITE)).containsEntry("webHookSecretKey", "");
  }

  @Test
  void aKeyIsAcceptedUntilItIsRemoved() {
    var issued = webhooks.keys().create("ci", Set.of(Scope.MANAGE), null);

    assertThat(webhooks.keys().authenticate(issued.text()))
        .hasValueSatisfying(key -> assertThat(key.permits(Scope.READ, SITE)).isTrue());
    assertThat(issued.toString()).doesNotContain(issued.text());
    char last = issued.text().charAt(5);
    String altered = issued.text().replace(last, last == 'x' ? 'y' : 'x');
    assertThat(webhooks.keys().authenticate(altered)).isEmpty();

    webhooks.keys().remove(issued.key().id());
    assertThat(webhooks.keys().authenticate(issued.text())).isEmpty();
  }

  @Test
  void theConfiguredAdminKeyReplacesTheOneBefore() {
    String first = "first-admin-key-of-at-least-32-characters";
    String second = "second-admin-key-of-at-least-32-characters";
    webhooks.keys().configureAdmin(first);
    webhooks.keys().configureAdmin(first);
    assertThat(webhooks.keys().list(PageRequest.FIRST).data()).hasSize(1);

    webhooks.keys().configureAdmin(second);

    assertThat(webhooks.keys().authenticate(first)).isEmpty();
    assertThat(webhooks.keys().authenticate(second)).isPresent();
    assertThatThrownBy(() -> webhooks.keys().configureAdmin("short"))
        .isInstanceOf(InvalidException.class);
  }

  @Test
  void listsArePaged() {
    for (int i = 0; i < 5; i++) {
      webhooks.endpoints().create(SITE, EndpointSpec.to("https://a.example/" + i).types("*"));
    }

    var first = webhooks.endpoints().list(SITE, PageRequest.of(3));
    var second = webhooks.endpoints().list(SITE, PageRequest.of(3).after(first.next()));

    assertThat(first.data())
        .extracting(e -> e.url().pathAndQuery())
        .containsExactly("/4", "/3", "/2");
    assertThat(second.data()).extracting(e -> e.url().pathAndQuery()).containsExactly("/1", "/0");
    assertThat(second.next()).isNull();
    assertThatThrownBy(() -> webhooks.endpoints().list(SITE, PageRequest.of(3).after("nonsense")))
        .isInstanceOf(InvalidException.class);
  }
}
