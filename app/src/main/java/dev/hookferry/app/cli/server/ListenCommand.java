package dev.hookferry.app.cli.server;

import dev.hookferry.app.cli.io.CommandFailure;
import dev.hookferry.app.cli.io.ExitCode;
import dev.hookferry.app.cli.io.OutputOptions;
import dev.hookferry.app.cli.io.SecretInput;
import dev.hookferry.app.cli.io.TcpPort;
import dev.hookferry.app.cli.option.SecretOptions;
import dev.hookferry.app.receiver.Receiver;
import dev.hookferry.app.wiring.FreePort;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.Problems;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "listen",
    description = {
      "Runs a test receiver that shows and verifies requests, and fails on demand.",
      "Secrets that begin with whsec_ and public keys (whpk_) verify Standard Webhooks, others",
      "X-QLM-Signature.",
      "Give as many secrets as needed."
    })
public final class ListenCommand implements Callable<Integer> {
  @Mixin private OutputOptions output = new OutputOptions();

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "The port to listen on; 0 for any free one (default: 9901).")
  private TcpPort port = new TcpPort(9901);

  @Option(
      names = "--bind",
      paramLabel = "ADDRESS",
      description = "The address to listen on (default: 127.0.0.1).")
  private String bind = "127.0.0.1";

  @Option(
      names = "--secret",
      paramLabel = "SECRET",
      description = "A secret on the command line, where other users can read it; repeatable.")
  private List<String> typed = List.of();

  @Mixin private SecretOptions secrets = new SecretOptions();

  @Option(
      names = "--status",
      paramLabel = "CODE",
      description = "The response status, 200 to 599 (default: 200).")
  private int status = 200;

  @Option(
      names = "--fail",
      paramLabel = "N",
      description = "Responds with 500 to the first N attempts of each event on each path.")
  private int fail;

  @Option(names = "--hang", description = "Accepts requests and never responds.")
  private boolean hang;

  @Option(
      names = "--delay",
      paramLabel = "TIME",
      description = "Delay before each response, such as 500ms.")
  private Duration delay = Duration.ZERO;

  @Option(
      names = "--strict",
      description = "Responds with 401 if a signature is missing, invalid or outdated.")
  private boolean strict;

  @Option(
      names = "--count",
      paramLabel = "N",
      description = "Exits after N requests; fails if a signature was invalid.")
  private long count = Long.MAX_VALUE;

  @Override
  public Integer call() throws IOException, InterruptedException {
    InetSocketAddress address = new InetSocketAddress(bind, port.number());
    check(address);
    List<String> all = new ArrayList<>(typed);
    if (!typed.isEmpty()) {
      SecretInput.warnOfArgument(output, "--secret");
    }
    all.addAll(secrets.all(output));
    if (strict && all.isEmpty()) {
      throw InvalidException.of("--strict", "needs a secret to verify with, such as --secret-file");
    }
    ListenBehaviour behaviour = new ListenBehaviour(status, fail, hang, delay, strict);
    ArrivalPrinter arrivals =
        new ArrivalPrinter(output, InstantSource.system(), List.copyOf(all), count, behaviour);
    try (Receiver receiver = Receiver.start(address, InstantSource.system(), arrivals::take)) {
      if (!output.json()) {
        output.line("listening on " + receiver.address() + "/ until interrupted (Ctrl-C)");
      }
      output.out().flush();
      return ExitCode.of(arrivals.awaitAll());
    } catch (BindException e) {
      throw new CommandFailure(FreePort.text(address, "--port", e));
    }
  }

  private void check(InetSocketAddress address) {
    Problems problems = new Problems();
    problems.require(
        !address.isUnresolved(), "--bind", "must be an address of this machine (got " + bind + ")");
    problems.require(
        200 <= status && status <= 599, "--status", "must be from 200 to 599 (got " + status + ")");
    problems.require(fail >= 0, "--fail", "must be 0 or more (got " + fail + ")");
    problems.require(count >= 1, "--count", "must be 1 or more (got " + count + ")");
    problems.throwIfAny();
  }
}
