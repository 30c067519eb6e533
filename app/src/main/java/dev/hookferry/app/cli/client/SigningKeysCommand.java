package dev.hookferry.app.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.hookferry.app.cli.io.ExitCode;
import dev.hookferry.app.cli.listing.TableListing;
import dev.hookferry.app.cli.option.SiteOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "signing-keys",
    description = "Manages the Ed25519 keys of a site, for endpoints with the signature ed25519.",
    addMethodSubcommands = false)
public final class SigningKeysCommand {
  private static final TableListing SIGNING_KEYS =
      new TableListing("no signing keys")
          .column("KID", "kid")
          .column("PUBLIC KEY", "publicKey")
          .time("ACTIVE FROM", "activeFrom")
          .column("SIGNER", "signer");

  @Command(name = "list", description = "Lists the published keys.")
  int list(@Mixin SiteOptions site) {
    SIGNING_KEYS.showAll(site, site.path("signing-keys"));
    return ExitCode.DONE;
  }

  @Command(
      name = "rotate",
      description =
          "Publishes another key, which starts signing a day later; the first one signs at once.")
  int rotate(@Mixin SiteOptions site) {
    JsonNode key =
        site.client()
            .post(site.path("signing-keys", "rotate"), JsonNodeFactory.instance.objectNode());
    site.result(
        key,
        "the key "
            + key.path("kid").asText()
            + " signs from "
            + key.path("activeFrom").asText()
            + " on");
    return ExitCode.DONE;
  }
}
