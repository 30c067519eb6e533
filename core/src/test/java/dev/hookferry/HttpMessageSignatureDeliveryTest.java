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
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

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
    Endpoints.Registered made =
        embedded
            .webhooks
            .endpoints()
            .create(Embedded.SITE, EndpointSpec.to(URL).types("*").signatures(List.of(signature)));
    embedded.transport.responding(URL, 200);
    embedded.webhooks.publish(Embedded.SITE, NewEvent.of("license_created", "{\"a\":1.10}")).join();
    embedded.awaitSettled(1);
    SignedRequest sent = embedded.transport.requestsTo(URL).get(0);
    Map<String, String> headers = new HashMap<>();
    sent.headers().forEach(header -> headers.put(header.name(), header.value()));
    headers.put(HttpMessageSignature.TARGET, URL);
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

  @Test
  void theKeyOfTheSiteSigns() {
    assertThat(sentWith(HMAC.with("algorithm", "ed25519"), true).isValid()).isTrue();
  }
}
