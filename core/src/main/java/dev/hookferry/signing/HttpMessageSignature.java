package dev.hookferry.signing;

import dev.hookferry.event.Payload;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * HTTP Message Signatures (RFC 9421) over the method, the URL, the digest of the body (RFC 9530)
 * and the event's id.
 */
public final class HttpMessageSignature {
  /** The header with the signed components and parameters. */
  public static final String INPUT = "Signature-Input";

  /** The header with the signatures. */
  public static final String HEADER = "Signature";

  /** The header with the digest of the body. */
  public static final String DIGEST = "Content-Digest";

  /** The component that is the URL; checks take it among the headers, because it is none. */
  public static final String TARGET = "@target-uri";

  static final String ED25519 = "ed25519";
  static final String HMAC = "hmac-sha256";
  private static final String MAC = "HmacSHA256";

  private HttpMessageSignature() {}

  /**
   * The parts of a request that are signed.
   *
   * @param uri the URL that the request is sent to
   * @param id the event's id
   * @param body the body as sent
   * @param created when it is signed
   */
  public record Request(String uri, String id, Payload body, Instant created) {
    public Request {
      Objects.requireNonNull(uri, "uri");
      Objects.requireNonNull(id, "id");
      Objects.requireNonNull(body, "body");
      Objects.requireNonNull(created, "created");
    }
  }

  /** Returns whether the key is the site's Ed25519 key rather than the endpoint's secret. */
  static boolean usesSiteKey(Signature signature) {
    return signature.option("algorithm", HMAC).equals(ED25519);
  }

  /**
   * Signs with the secrets of an endpoint, one signature for each.
   *
   * @param keys the active ones, the newest first
   * @param headers takes each header's name and value
   */
  public static void sign(
      Signature signature,
      Request request,
      List<SigningKey> keys,
      BiConsumer<String, String> headers) {
    Objects.requireNonNull(signature, "signature");
    Objects.requireNonNull(request, "request");
    Objects.requireNonNull(keys, "keys");
    Objects.requireNonNull(headers, "headers");
    List<Function<String, String>> signers = new ArrayList<>();
    keys.forEach(key -> signers.add(base -> hmac(key, base)));
    write(request, signature.option("keyid", "hookferry"), HMAC, signers, headers);
  }

  /**
   * Signs with the key of a site.
   *
   * @param kid the id of the key, unless the signature names another one
   * @param key signs a message by Ed25519, such as {@link Ed25519Key#sign(byte[])}
   * @param headers takes each header's name and value
   */
  public static void sign(
      Signature signature,
      Request request,
      String kid,
      UnaryOperator<byte[]> key,
      BiConsumer<String, String> headers) {
    Objects.requireNonNull(signature, "signature");
    Objects.requireNonNull(request, "request");
    Objects.requireNonNull(kid, "kid");
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(headers, "headers");
    Function<String, String> signer =
        base ->
            Base64.getEncoder().encodeToString(key.apply(base.getBytes(StandardCharsets.UTF_8)));
    write(request, signature.option("keyid", kid), ED25519, List.of(signer), headers);
  }

  private static void write(
      Request request,
      String keyid,
      String algorithm,
      List<Function<String, String>> signers,
      BiConsumer<String, String> headers) {
    String digest = digest(request.body());
    Map<String, String> components = new LinkedHashMap<>();
    components.put("@method", "POST");
    components.put(TARGET, request.uri());
    components.put("content-digest", digest);
    components.put(StandardSignature.ID_HEADER, request.id());
    StringBuilder params = new StringBuilder("(");
    components
        .keySet()
        .forEach(
            name -> params.append(params.length() == 1 ? "\"" : " \"").append(name).append('"'));
    params.append(");created=").append(request.created().getEpochSecond());
    params.append(";keyid=\"").append(keyid).append("\";alg=\"").append(algorithm).append('"');
    String base = base(components, params.toString());
    List<String> inputs = new ArrayList<>();
    List<String> signatures = new ArrayList<>();
    for (int i = 0; i < signers.size(); i++) {
      inputs.add("sig" + (i + 1) + '=' + params);
      signatures.add("sig" + (i + 1) + "=:" + signers.get(i).apply(base) + ':');
    }
    headers.accept(DIGEST, digest);
    headers.accept(INPUT, String.join(", ", inputs));
    headers.accept(HEADER, String.join(", ", signatures));
  }

  /** Returns the text that is signed: a line for each component, and the parameters. */
  static String base(Map<String, String> components, String params) {
    StringBuilder base = new StringBuilder(256);
    components.forEach(
        (name, value) -> base.append('"').append(name).append("\": ").append(value).append('\n'));
    return base.append("\"@signature-params\": ").append(params).toString();
  }

  /** Returns the HMAC of a text in base64, by the decoded secret. */
  static String hmac(SigningKey key, String base) {
    return Base64.getEncoder().encodeToString(key.hmac(MAC, true, base, Payload.empty()));
  }

  /** Returns the value of {@code Content-Digest}. */
  static String digest(Payload body) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(body.unsafeBytes());
      return "sha-256=:" + Base64.getEncoder().encodeToString(hash) + ':';
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
