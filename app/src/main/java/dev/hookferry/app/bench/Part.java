package dev.hookferry.app.bench;

import dev.hookferry.app.logging.Logs;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;

/** Where the processes begin that a bench starts beside the server; not meant to be typed. */
public final class Part {
  static final String RECEIVER = "receiver";
  static final String PRODUCER = "producer";
  static final String RAW = "raw";

  private Part() {}

  /** Plays a part until its input ends. */
  public static void main(String[] args) throws IOException {
    Logs.off();
    PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    InstantSource clock = InstantSource.system();
    Dialogue.Answering part =
        switch (args.length == 1 ? args[0] : "") {
          case RECEIVER -> new ReceiverPart(clock);
          case PRODUCER -> new ProducerPart(clock);
          case RAW -> new RawPart();
          default -> throw new IllegalArgumentException("which part?");
        };
    Dialogue.serve(System.in, out, part);
    System.exit(0);
  }
}
