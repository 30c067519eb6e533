package dev.hookferry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.delivery.Response;
import dev.hookferry.delivery.ResponseHeaders;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.event.Payload;
import dev.hookferry.query.AttemptQuery;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Redaction of our secrets in stored responses. */
class ResponseRedactionTest {
  private static final String URL = "https://a.example/";

  private final Embedded embedded = new Embedded();

  @AfterEach
  void close() {
    embedded.close();
  }

  private static EndpointSpec wanted(Map<String, String> headers) {
    return EndpointSpec.to(URL).types("*").headers(headers);
  }

  /** The headers are cut before they are cleaned, maybe through a secret. */
  @Test
  void aTruncatedSecretIsNotKeptEither() throws Exception {
    Endpoints.Registered made =
        embedded
            .webhooks
            .endpoints()
            .create(Embedded.SITE, wanted(Map.of("Authorization", "Bearer t0ken-t0ken")));
    String before = "X: " + "x".repeat(ResponseHeaders.MAX - 3 - 8);
    embedded.transport.responding(
        URL,
        n ->
            Outcome.responded(
                new Response(
                    200,
                    Payload.empty(),
                    false,
                    null,
                    null,
                    new ResponseHeaders(before + "t0ken-t0ken")),
                Duration.ZERO));

    Attempt attempt = embedded.webhooks.endpoints().test(Embedded.SITE, made.endpoint().id()).get();

    assertThat(attempt.outcome().response().headers().text()).isEqualTo(before + "********");
  }

  @Test
  void responsesAreKeptWithoutOurSecrets() throws Exception {
    embedded.webhooks.settings().update(Embedded.SITE, s -> s.secretKey("site-s3cr3t"));
    Endpoints.Registered made =
        embedded
            .webhooks
            .endpoints()
            .create(
                Embedded.SITE,
                wanted(Map.of("Authorization", "Bearer t0ken-t0ken", "X-Team", "blue")));
    String whsec = made.secret().reveal();
    String echo = "got t0ken-t0ken blue " + whsec + " 736974652d733363723374 site-s3cr3";
    embedded.transport.responding(
        URL,
        n ->
            new Outcome(
                OutcomeKind.HTTP_ERROR,
                new Response(
                    500,
                    Payload.of(echo),
                    true,
                    "text/t0ken-t0ken",
                    "site-s3cr3t",
                    new ResponseHeaders("X-Was: Bearer t0ken-t0ken\nX-Now: " + whsec + "!")),
                "said t0ken-t0ken",
                Duration.ZERO));

    Attempt attempt = embedded.webhooks.endpoints().test(Embedded.SITE, made.endpoint().id()).get();

    Response kept = attempt.outcome().response();
    assertThat(kept.body().text()).isEqualTo("got ******** blue ******** ******** ********");
    assertThat(kept.contentType()).isEqualTo("text/********");
    assertThat(kept.retryAfter()).isEqualTo("********");
    assertThat(kept.headers().text()).isEqualTo("X-Was: ********\nX-Now: ********!");
    assertThat(attempt.outcome().detail()).isEqualTo("said ********");
    assertThat(embedded.store.log().attempts(AttemptQuery.ofSite(Embedded.SITE)).data())
        .containsExactly(attempt);
  }
}
