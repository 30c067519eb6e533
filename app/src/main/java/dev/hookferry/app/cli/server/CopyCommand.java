package dev.hookferry.app.cli.server;

import dev.hookferry.app.cli.io.OutputOptions;
import dev.hookferry.app.cli.option.MoveOptions;
import dev.hookferry.app.config.StoreConfig;
import dev.hookferry.app.config.value.Durations;
import dev.hookferry.app.transfer.StoreEnds;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.secret.SecretCipher;
import dev.hookferry.store.transfer.TransferHistory;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "copy",
    description = {
      "Copies everything from one store to another, empty one. No server may use either.",
      "Passwords of databases: HOOKFERRY_FROM_PASSWORD, HOOKFERRY_TO_PASSWORD."
    })
public final class CopyCommand implements Callable<Integer> {
  @Mixin private OutputOptions output = new OutputOptions();

  @Option(
      names = "--from",
      required = true,
      paramLabel = "STORE",
      description = "The source: file:DIR, or a JDBC URL, as for serve --store.")
  private String from = "";

  @Option(
      names = "--to",
      required = true,
      paramLabel = "STORE",
      description = "The target, which must be empty.")
  private String to = "";

  @Option(
      names = "--from-user",
      paramLabel = "NAME",
      description = "The source's database user, if not in the URL.")
  private @Nullable String fromUser;

  @Option(
      names = "--to-user",
      paramLabel = "NAME",
      description = "The target's database user, if not in the URL.")
  private @Nullable String toUser;

  @Option(
      names = "--history",
      paramLabel = "HOW_MUCH",
      description = {
        "How much of the past to copy: all, none, or a duration such as 30d (default: all).",
        "Events with pending deliveries are always copied."
      })
  private String history = "all";

  @Mixin private MoveOptions options = new MoveOptions();

  @Override
  public Integer call() {
    StoreConfig source = StoreMover.store("--from", from, fromUser, "HOOKFERRY_FROM_PASSWORD");
    StoreConfig target = StoreMover.store("--to", to, toUser, "HOOKFERRY_TO_PASSWORD");
    TransferHistory chosen = history(history, InstantSource.system().instant());
    SecretCipher cipher = StoreMover.cipher(source, options.from(), false);
    return new StoreMover(output, options)
        .run(() -> StoreEnds.source(source), cipher, target, chosen);
  }

  private static TransferHistory history(String text, Instant now) {
    return switch (text) {
      case "all" -> TransferHistory.ALL;
      case "none" -> TransferHistory.NONE;
      default -> {
        try {
          yield TransferHistory.last(Durations.parse(text), now);
        } catch (IllegalArgumentException e) {
          throw InvalidException.of("--history", "must be all, none or a duration such as 30d");
        }
      }
    };
  }
}
