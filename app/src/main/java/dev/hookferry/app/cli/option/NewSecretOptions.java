package dev.hookferry.app.cli.option;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.app.cli.io.OutputOptions;
import dev.hookferry.signing.Ed25519Key;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options that choose the secret of an endpoint: an existing one, or the kind of a new one. */
public final class NewSecretOptions {
  @Mixin private SecretOptions given = new SecretOptions();

  @Option(
      names = "--secret-type",
      paramLabel = "KIND",
      description = {
        "Kind of a new secret: hmac is shared with the receiver, ed25519 is a key pair whose public",
        "key goes to the receiver (default: hmac; at a rotation, the current kind)."
      })
  private @Nullable String type;

  /** Returns whether a secret is given, rather than one to be generated. */
  public boolean isGiven() {
    return given.isGiven();
  }

  /** Writes the given options into the body of a request. */
  public void write(ObjectNode body, OutputOptions output) {
    String secret = given.one(output);
    if (secret != null) {
      body.put("secret", secret);
    }
    if (type != null) {
      body.put("secretType", type);
    }
  }

  /** Returns whether a text from the server is the public key of a key pair, not a secret. */
  public static boolean isPublicKey(String text) {
    return text.startsWith(Ed25519Key.PUBLIC_PREFIX);
  }
}
