package dev.hookferry.app.cli.option;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.refusal.InvalidException;
import picocli.CommandLine.Option;

/** Options of {@code endpoints change} that remove a field. */
public final class EndpointRemovals {
  @Option(names = "--no-filter", description = "Removes the filter.")
  private boolean noFilter;

  @Option(names = "--no-auth", description = "Removes the authentication to the receiver.")
  private boolean noAuth;

  @Option(names = "--no-client-certificate", description = "Removes the client certificate.")
  private boolean noCertificate;

  @Option(names = "--no-trusted-ca", description = "Trusts the CAs of the server again.")
  private boolean noTrustedCa;

  /** Adds the removals to a request body that already has the given fields. */
  public void write(ObjectNode body) {
    remove(body, noFilter, "filter", "--filter");
    remove(body, noAuth, "auth", "--auth");
    remove(body, noCertificate, "clientCertificate", "--client-certificate");
    remove(body, noTrustedCa, "trustedCa", "--trusted-ca");
  }

  private static void remove(ObjectNode body, boolean removes, String field, String option) {
    if (!removes) {
      return;
    }
    if (body.has(field)) {
      throw InvalidException.of(option, "must not be given with " + option.replace("--", "--no-"));
    }
    body.putNull(field);
  }
}
