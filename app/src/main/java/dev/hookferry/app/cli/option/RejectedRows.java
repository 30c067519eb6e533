package dev.hookferry.app.cli.option;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.app.cli.io.CommandFailure;
import dev.hookferry.refusal.InvalidException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Arguments that select an outbox and its rejected rows. */
public final class RejectedRows {
  @Parameters(index = "0", paramLabel = "OUTBOX", description = "The outbox's name.")
  private String outbox = "";

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "ROW_ID",
      description = "Ids of rejected rows, from outboxes list OUTBOX.")
  private @Nullable List<String> rows;

  @Option(names = "--all", description = "Selects every rejected row.")
  private boolean all;

  public String outbox() {
    return outbox;
  }

  /** Returns whether every rejected row is selected. */
  public boolean all() {
    return all;
  }

  /** Returns the selection as the API's request body. */
  public ObjectNode selection() {
    List<String> named = rows == null ? List.of() : rows;
    if (all != named.isEmpty()) {
      throw InvalidException.of("ROW_ID", "must be given, or --all, but not both");
    }
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    if (all) {
      return body.put("all", true);
    }
    ArrayNode ids = body.putArray("ids");
    named.forEach(row -> ids.add(id(row)));
    return body;
  }

  private String id(String row) {
    if (!row.matches("[0-9]{1,19}")) {
      throw InvalidException.of(
          "ROW_ID", "must be an id from hookferry outboxes list " + outbox + " (got " + row + ")");
    }
    return row;
  }

  /**
   * Checks that at least one of the named rows existed.
   *
   * @param found the number of rows that were changed
   * @throws CommandFailure if none did
   */
  public void requireFound(int found) {
    if (found == 0 && !all && rows != null) {
      throw CommandFailure.absent(
          "no rejected row " + String.join(" or ", rows) + " in the outbox " + outbox);
    }
  }

  /** Returns a number of rows as text. */
  public static String number(int rows) {
    return rows == 1 ? "1 row" : rows + " rows";
  }

  /** Returns a description of the selected rows. */
  public String text() {
    String which =
        all ? "every rejected row" : "rejected " + number(selection().path("ids").size());
    return which + " of the outbox " + outbox;
  }
}
