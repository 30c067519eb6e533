import dev.hookferry.app.cli.CommandLines;
import dev.hookferry.app.text.Version;
import java.io.File;
import java.io.IOException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.codegen.docgen.manpage.ManPageGenerator;

/** Writes the manual page of each command in AsciiDoc. The build starts it as a single file. */
final class ManPages {
  private ManPages() {}

  /** Generates the man pages into the folder {@code args[0]}. */
  public static void main(String[] args) throws IOException {
    CommandSpec root = CommandLines.create().getCommandSpec();
    sign(root);
    int code = ManPageGenerator.generateManPage(new File(args[0]), null, new boolean[0], true, root);
    System.exit(code);
  }

  /** Names only Hookferry at the foot of a page, not the Java that built it. */
  private static void sign(CommandSpec command) {
    command.versionProvider(null).version("Hookferry " + Version.text());
    command.subcommands().values().forEach(below -> sign(below.getCommandSpec()));
  }
}
