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
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

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

  /** The URL component. Verifiers accept it in the map of headers, although it is not a header. */
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
   * @param created the time of signing
   */
  public record Request(String uri, String id, Payload body, Instant created) {
    public Request {
      Objects.requireNonNull(uri, "uri");
      Objects.requireNonNull(id, "id");
      Objects.requireNonNull(body, "body");
      Objects.requireNonNull(created, "created");
    }
  }

  /** Returns whether a signature uses Ed25519 rather than an HMAC. */
  static boolean isEd25519(Signature signature) {
    return signature.option("algorithm", HMAC).equals(ED25519);
  }

  /**
   * Signs with the secrets of an endpoint, one signature per secret.
   *
   * @param keys the active secrets, newest first
   * @param headers receives the name and value of each header
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
    String keyid = signature.option("keyid", "hookferry");
    List<Label> labels = new ArrayList<>();
    keys.forEach(key -> labels.add(new Label(keyid, HMAC, base -> hmac(key, base))));
    write(request, labels, headers);
  }

  /**
   * Signs with Ed25519, one signature per key.
   *
   * @param keys the keys of an endpoint or its site; the option {@code keyid} of the signature
   *     overrides their key ids
   * @param headers receives the name and value of each header
   */
  public static void signByEd25519(
      Signature signature,
      Request request,
      List<Ed25519Signer> keys,
      BiConsumer<String, String> headers) {
    Objects.requireNonNull(signature, "signature");
    Objects.requireNonNull(request, "request");
    Objects.requireNonNull(keys, "keys");
    Objects.requireNonNull(headers, "headers");
    List<Label> labels = new ArrayList<>();
    for (Ed25519Signer key : keys) {
      UnaryOperator<byte[]> sign = key.sign();
      UnaryOperator<String> signer =
          base ->
              Base64.getEncoder().encodeToString(sign.apply(base.getBytes(StandardCharsets.UTF_8)));
      labels.add(new Label(signature.option("keyid", key.kid()), ED25519, signer));
    }
    write(request, labels, headers);
  }

  /** One signature of a request: its parameters and the function that signs. */
  private record Label(String keyid, String algorithm, UnaryOperator<String> signer) {}

  private static void write(
      Request request, List<Label> labels, BiConsumer<String, String> headers) {
    String digest = digest(request.body());
    Map<String, String> components = new LinkedHashMap<>();
    components.put("@method", "POST");
    components.put(TARGET, request.uri());
    components.put("content-digest", digest);
    components.put(StandardSignature.ID_HEADER, request.id());
    String covered =
        components.keySet().stream().collect(Collectors.joining("\" \"", "(\"", "\")"));
    List<String> inputs = new ArrayList<>();
    List<String> signatures = new ArrayList<>();
    for (Label label : labels) {
      String params =
          covered
              + ";created="
              + request.created().getEpochSecond()
              + ";keyid=\""
              + label.keyid()
              + "\";alg=\""
              + label.algorithm()
              + '"';
      String name = "sig" + (inputs.size() + 1);
      inputs.add(name + '=' + params);
      signatures.add(name + "=:" + label.signer().apply(base(components, params)) + ':');
    }
    headers.accept(DIGEST, digest);
    headers.accept(INPUT, String.join(", ", inputs));
    headers.accept(HEADER, String.join(", ", signatures));
  }

  /** Returns the text to sign: a line for each component, followed by the parameters. */
  static String base(Map<String, String> components, String params) {
    StringBuilder base = new StringBuilder(256);
    components.forEach(
        (name, value) -> base.append('"').append(name).append("\": ").append(value).append('\n'));
    return base.append("\"@signature-params\": ").append(params).toString();
  }

  /** Returns the HMAC of a string with the decoded secret, in base64. */
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
