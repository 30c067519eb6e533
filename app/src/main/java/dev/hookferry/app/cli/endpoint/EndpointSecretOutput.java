package dev.hookferry.app.cli.endpoint;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hookferry.app.cli.option.NewSecretOptions;
import dev.hookferry.app.cli.option.SiteOptions;

/** Prints the new secret of an endpoint, unless the user supplied it. */
public final class EndpointSecretOutput {
  private EndpointSecretOutput() {}

  /**
   * Prints the action and the secret, or the public key of a key pair.
   *
   * @param endpoint the API's response with the new secret
   * @param what the completed action, as text
   * @param isGiven whether the user supplied the secret, which the text output then omits
   */
  public static void show(SiteOptions site, JsonNode endpoint, String what, boolean isGiven) {
    if (site.json()) {
      site.print(endpoint);
      return;
    }
    String text = endpoint.path("secret").asText();
    boolean isPublicKey = NewSecretOptions.isPublicKey(text);
    if (isGiven && !isPublicKey) {
      String unused = ", which its ed25519 signatures do not use";
      site.line(what + "; with the given secret" + (signsWithSiteKey(endpoint) ? unused : ""));
      return;
    }
    String kind = isPublicKey ? "public key" : "secret, shown only once";
    if (signsWithSiteKey(endpoint)) {
      kind = "secret, which its ed25519 signatures do not use, shown only once";
    }
    site.line(what + "; " + kind + ":");
    site.line(text);
  }

  private static boolean signsWithSiteKey(JsonNode endpoint) {
    return endpoint.path("signatures").toString().equals("[\"ed25519\"]")
        && endpoint.path("publicKeys").isEmpty();
  }
}
