package dev.hookferry.app.cli.server;

import dev.hookferry.app.cli.io.CommandFailure;
import dev.hookferry.app.cli.io.ExitCode;
import dev.hookferry.app.cli.io.OutputOptions;
import dev.hookferry.app.cli.io.SecretInput;
import dev.hookferry.app.cli.io.TcpPort;
import dev.hookferry.app.cli.option.SecretOptions;
import dev.hookferry.app.receiver.Receiver;
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
      "A receiver: shows and verifies what arrives, and fails as it is told.",
      "Secrets that begin with whsec_ verify Standard Webhooks, others X-QLM-Signature;",
      "give as many as you like."
    })
public final class ListenCommand implements Callable<Integer> {
  @Mixin private OutputOptions output = new OutputOptions();

  @Option(names = "--port", paramLabel = "N", description = "Where to listen; 9901, 0 for any.")
  private TcpPort port = new TcpPort(9901);

  @Option(names = "--bind", paramLabel = "ADDRESS", description = "At which address; 127.0.0.1.")
  private String bind = "127.0.0.1";

  @Option(
      names = "--secret",
      paramLabel = "SECRET",
      description = "The same on the command line, where other users can read it. Repeatable.")
  private List<String> typed = List.of();

  @Mixin private SecretOptions secrets = new SecretOptions();

  @Option(
      names = "--status",
      paramLabel = "CODE",
      description = "What it answers, from 200 to 599; 200.")
  private int status = 200;

  @Option(
      names = "--fail",
      paramLabel = "N",
      description = "Answers the first N attempts of each event at each path with 500.")
  private int fail;

  @Option(names = "--hang", description = "Takes requests and never answers.")
  private boolean hang;

  @Option(
      names = "--delay",
      paramLabel = "TIME",
      description = "Answers after this time, such as 500ms.")
  private Duration delay = Duration.ZERO;

  @Option(
      names = "--count",
      paramLabel = "N",
      description = "Ends after N requests; fails if a signature was not valid.")
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
    ListenBehaviour behaviour = new ListenBehaviour(status, fail, hang, delay);
    ArrivalPrinter arrivals =
        new ArrivalPrinter(output, InstantSource.system(), List.copyOf(all), count, behaviour);
    try (Receiver receiver = Receiver.start(address, InstantSource.system(), arrivals::take)) {
      if (!output.json()) {
        output.line("listening at " + receiver.address() + "/ until it is interrupted (Ctrl-C)");
      }
      output.out().flush();
      return ExitCode.of(arrivals.awaitAll());
    } catch (BindException e) {
      throw new CommandFailure(
          "cannot listen at " + bind + ":" + port.number() + ": " + e.getMessage());
    }
  }

  private void check(InetSocketAddress address) {
    Problems problems = new Problems();
    problems.require(
        !address.isUnresolved(), "--bind", "must be an address of this machine, not " + bind);
    problems.require(
        200 <= status && status <= 599, "--status", "must be from 200 to 599, not " + status);
    problems.require(fail >= 0, "--fail", "must be 0 or more, not " + fail);
    problems.require(count >= 1, "--count", "must be 1 or more, not " + count);
    problems.throwIfAny();
  }
}
