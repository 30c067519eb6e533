package dev.hookferry.app.bench.load;

import dev.hookferry.app.logging.Logs;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;

/** The main class of the bench's helper processes; not meant for direct use. */
public final class BenchPart {
  public static final String RECEIVER = "receiver";
  public static final String PRODUCER = "producer";
  public static final String RAW = "raw";

  private BenchPart() {}

  /** Runs a part until its input ends. */
  public static void main(String[] args) throws IOException {
    Logs.off();
    PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    InstantSource clock = InstantSource.system();
    PartProtocol.RequestHandler part =
        switch (args.length == 1 ? args[0] : "") {
          case RECEIVER -> new ReceiverPart(clock);
          case PRODUCER -> new ProducerPart(clock);
          case RAW -> new RawPart();
          default -> throw new IllegalArgumentException("unknown part");
        };
    PartProtocol.serve(System.in, out, part);
    System.exit(0);
  }
}
