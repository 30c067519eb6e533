package dev.hookferry.app.cli.endpoint;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hookferry.app.cli.option.NewSecretOptions;
import dev.hookferry.app.cli.option.SiteOptions;

/** Shows the new secret of an endpoint, unless the user gave it and so knows it already. */
public final class EndpointSecretOutput {
  private EndpointSecretOutput() {}

  /**
   * Prints the action and the secret, or the public key of a key pair.
   *
   * @param endpoint as the API returns it once
   * @param what the action that was done
   * @param isGiven whether the caller chose the secret, which then is not printed
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
