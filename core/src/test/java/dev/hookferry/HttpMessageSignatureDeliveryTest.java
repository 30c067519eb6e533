package dev.hookferry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.event.NewEvent;
import dev.hookferry.signing.HttpMessageSignature;
import dev.hookferry.signing.Signature;
import dev.hookferry.signing.SignatureCheck;
import dev.hookferry.signing.SignatureProfile;
import dev.hookferry.signing.SignatureVerifier;
import dev.hookferry.transport.SignedRequest;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests with HTTP Message Signatures, by the endpoint's secret and the site's key. */
class HttpMessageSignatureDeliveryTest {
  private static final Signature HMAC = Signature.of(SignatureProfile.HTTP_MESSAGE_SIGNATURES);
  private static final String URL = "https://a.example/hook?x=1";

  private final Embedded embedded = new Embedded();

  @AfterEach
  void close() {
    embedded.close();
  }

  private SignatureCheck sentWith(Signature signature, boolean bySite) {
    return sentTo(URL, signature, bySite);
  }

  private SignatureCheck sentTo(String url, Signature signature, boolean bySite) {
    Endpoints.Registered made =
        embedded
            .webhooks
            .endpoints()
            .create(Embedded.SITE, EndpointSpec.to(url).types("*").signatures(List.of(signature)));
    embedded.transport.responding(url, 200);
    embedded.webhooks.publish(Embedded.SITE, NewEvent.of("license_created", "{\"a\":1.10}")).join();
    embedded.awaitSettled(1);
    SignedRequest sent = embedded.transport.requestsTo(url).get(0);
    Map<String, String> headers = new HashMap<>();
    sent.headers().forEach(header -> headers.put(header.name(), header.value()));
    headers.put(
        HttpMessageSignature.TARGET,
        "https://a.example/" + URI.create(url).getPath().replaceFirst("^/", "") + "?x=1");
    String key =
        bySite
            ? embedded.webhooks.settings().get(Embedded.SITE).signingKeys().all().get(0).publicKey()
            : made.secret().reveal();
    return SignatureCheck.of(
        new SignatureVerifier(embedded.clock, Duration.ofMinutes(5)),
        signature,
        sent.body(),
        headers,
        key);
  }

  @Test
  void theSecretSigns() {
    assertThat(sentWith(HMAC, false).isValid()).isTrue();
  }

  /** A receiver knows the URL by its Host header and its request line. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://A.Example/hook?x=1",
        "https://a.example:443/hook?x=1",
        "https://a.example?x=1",
        "HTTPS://a.example./hook?x=1"
      })
  void theUrlIsSignedAsTheReceiverSeesIt(String url) {
    SignatureCheck check = sentTo(url, HMAC, false);
    assertThat(check.isValid()).as(check.why()).isTrue();
  }

  @Test
  void theKeyOfTheSiteSigns() {
    assertThat(sentWith(HMAC.with("algorithm", "ed25519"), true).isValid()).isTrue();
  }
}
