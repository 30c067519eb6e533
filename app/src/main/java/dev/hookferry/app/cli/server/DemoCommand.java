package dev.hookferry.app.cli.server;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.access.KeyText;
import dev.hookferry.app.cli.io.CommandFailure;
import dev.hookferry.app.cli.io.ExitCode;
import dev.hookferry.app.cli.io.OutputOptions;
import dev.hookferry.app.cli.io.TcpPort;
import dev.hookferry.app.demo.Demo;
import dev.hookferry.app.demo.DemoFinding;
import dev.hookferry.app.logging.Causes;
import dev.hookferry.store.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "demo",
    description = {
      "Shows Hookferry at work, on a store that is deleted afterwards.",
      "A server, three receivers, QLM's eight events, retries, and a check of every signature."
    })
public final class DemoCommand implements Callable<Integer> {
  @Mixin private OutputOptions output = new OutputOptions();

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "The API's port (default: any free one).")
  private TcpPort port = new TcpPort(0);

  @Option(
      names = "--keep",
      description = "Keeps running until interrupted, and prints the console's address and key.")
  private boolean keep;

  @Override
  public Integer call() throws IOException, InterruptedException {
    long began = System.nanoTime();
    say("Hookferry demo: QLM's eight events, three receivers, every signature checked");
    say("");
    String key = KeyText.generate(new SecureRandom());
    try (Demo demo = new Demo(port.number(), key, this::say)) {
      List<DemoFinding> findings = demo.run();
      boolean passed = findings.stream().allMatch(DemoFinding::passed);
      long millis = (System.nanoTime() - began) / 1_000_000;
      summary(findings, passed, millis);
      if (keep) {
        stayOpen(demo);
      }
      return ExitCode.of(passed);
    } catch (StoreException | UncheckedIOException e) {
      throw new CommandFailure("the demo failed: " + Causes.inWords(e));
    }
  }

  private void summary(List<DemoFinding> findings, boolean passed, long millis) {
    say("");
    say("6. Checks:");
    findings.forEach(finding -> say("     " + finding));
    say("");
    say(passed ? "All checks passed, in " + millis + " ms." : "Some checks FAILED: see above.");
    if (output.json()) {
      ObjectNode result = JsonNodeFactory.instance.objectNode();
      result.put("passed", passed).put("millis", millis);
      var list = result.putArray("findings");
      findings.forEach(f -> list.addObject().put("passed", f.passed()).put("text", f.text()));
      output.print(result);
    }
  }

  private void stayOpen(Demo demo) throws InterruptedException {
    demo.fill();
    demo.keepPublishing();
    Map<String, String> access = demo.access();
    say("");
    say("Running until interrupted (Ctrl-C), with an event every two seconds.");
    say("Console: open " + access.get("address") + " and sign in with the key");
    say("  " + access.get("key"));
    say("In another terminal:");
    say("  export HOOKFERRY_URL=" + access.get("address"));
    say("  export HOOKFERRY_KEY=" + access.get("key"));
    say("  " + command() + " log");
    output.out().flush();
    CountDownLatch over = new CountDownLatch(1);
    Thread end =
        new Thread(
            () -> {
              demo.close();
              Runtime.getRuntime().halt(ExitCode.DONE);
            },
            "hookferry-stop");
    Runtime.getRuntime().addShutdownHook(end);
    over.await();
  }

  private static String command() {
    return LaunchCommand.of(System.getProperties(), System.getenv().getOrDefault("PATH", ""));
  }

  private void say(String line) {
    if (!output.json()) {
      output.line(line);
    }
  }
}
